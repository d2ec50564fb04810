/** How to ask OKX and what its answers mean: signing, transport, parsing, classification. */
@NullMarked
package io.okxexporter.okx;

import org.jspecify.annotations.NullMarked;
