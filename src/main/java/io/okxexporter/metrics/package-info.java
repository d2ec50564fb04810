/** The metric contract, and a view turned into Prometheus snapshots and text. */
@NullMarked
package io.okxexporter.metrics;

import org.jspecify.annotations.NullMarked;
