/** Measures the alert rules on simulated lives of simulated users. */
@NullMarked
package io.okxexporter.tools.alertquality;

import org.jspecify.annotations.NullMarked;
