/** The program's entry point and the only place that wires the packages together. */
@NullMarked
package io.okxexporter;

import org.jspecify.annotations.NullMarked;
