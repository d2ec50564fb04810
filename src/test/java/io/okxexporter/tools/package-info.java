/** Programs rather than tests: benchmarks, soak, alert quality, fuzzing. */
@NullMarked
package io.okxexporter.tools;

import org.jspecify.annotations.NullMarked;
