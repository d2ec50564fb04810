/** The program: its entry point and the one place that wires the rooms together. */
@NullMarked
package io.okxexporter;

import org.jspecify.annotations.NullMarked;
