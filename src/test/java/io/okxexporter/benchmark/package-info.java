/** What the exporter costs, each beside its reference in the same run: see docs/BENCHMARKS.md. */
@NullMarked
package io.okxexporter.benchmark;

import org.jspecify.annotations.NullMarked;
