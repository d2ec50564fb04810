/** Checks of alerts/: the form of the rules, and the rules in Prometheus's own tools. */
@NullMarked
package io.okxexporter.alerts;

import org.jspecify.annotations.NullMarked;
