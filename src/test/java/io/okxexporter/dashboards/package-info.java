/** Checks the shipped dashboards. */
@NullMarked
package io.okxexporter.dashboards;

import org.jspecify.annotations.NullMarked;
