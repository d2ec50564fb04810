/** Measures the alert rules on the simulated histories of simulated users. */
@NullMarked
package io.okxexporter.tools.alertquality;

import org.jspecify.annotations.NullMarked;
