package io.okxexporter.simulator;

import io.okxexporter.model.Bill;
import java.math.BigDecimal;

/**
 * A bill as the ledger of an account shows it.
 *
 * @param balance the balance of its currency after the change
 */
record LedgerEntry(Bill bill, BigDecimal balance) {
  long atMillis() {
    return bill.at().toEpochMilli();
  }

  /** Names the bill without its amount. */
  @Override
  public String toString() {
    return bill.toString();
  }
}
