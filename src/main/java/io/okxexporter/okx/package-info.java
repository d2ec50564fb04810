/** The client of OKX's HTTP API: signing, transport, parsing and classification of responses. */
@NullMarked
package io.okxexporter.okx;

import org.jspecify.annotations.NullMarked;
