/** Explains failures: requests each API key's details, each host's clock and its maintenance. */
@NullMarked
package io.okxexporter.diagnosis;

import org.jspecify.annotations.NullMarked;
