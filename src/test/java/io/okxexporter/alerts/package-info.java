/** How good the alert rules are, measured on made-up lives of made-up users. */
@NullMarked
package io.okxexporter.alerts;

import org.jspecify.annotations.NullMarked;
