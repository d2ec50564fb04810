/** Programs rather than tests: benchmark, soak, alert quality, fuzzing. */
@NullMarked
package io.okxexporter.tools;

import org.jspecify.annotations.NullMarked;
