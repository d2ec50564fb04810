/**
 * What the exporter costs, each figure next to its reference in the same run: see
 * docs/BENCHMARKS.md.
 */
@NullMarked
package io.okxexporter.tools.benchmark;

import org.jspecify.annotations.NullMarked;
