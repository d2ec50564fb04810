/** Explains failures: asks OKX about each API key, each host's clock and announced maintenance. */
@NullMarked
package io.okxexporter.diagnosis;

import org.jspecify.annotations.NullMarked;
