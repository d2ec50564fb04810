/** The metric contract, and the conversion of a view into Prometheus snapshots and text. */
@NullMarked
package io.okxexporter.metrics;

import org.jspecify.annotations.NullMarked;
