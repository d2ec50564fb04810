/** Checks alerts/: the form of the rules, and their behaviour in Prometheus's own tools. */
@NullMarked
package io.okxexporter.alerts;

import org.jspecify.annotations.NullMarked;
