/** A simulated OKX on loopback: the real wire format, strict limits, play money. */
@NullMarked
package io.okxexporter.simulator;

import org.jspecify.annotations.NullMarked;
