/** Reads OKX's ledgers, and says what came and left. */
@NullMarked
package io.okxexporter.ledger;

import org.jspecify.annotations.NullMarked;
