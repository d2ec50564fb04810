/** Checks of the dashboards that the project ships. */
@NullMarked
package io.okxexporter.dashboards;

import org.jspecify.annotations.NullMarked;
