package io.okxexporter.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A change of a user's money, as one of OKX's ledgers states it.
 *
 * @param id OKX's {@code billId}, unique within a ledger
 * @param at OKX's {@code ts}
 * @param ccy the currency that changed
 * @param change the signed net change in that currency
 * @param type OKX's number, within the ledger, of what happened: in that of the funding account
 *     {@code 2} is a withdrawal, in that of the trading account {@code 12} a transfer out
 */
public record Bill(String id, Instant at, String ccy, BigDecimal change, String type) {
  /** Names the bill without its amount. */
  @Override
  public String toString() {
    return "bill of type " + type + " at " + at;
  }
}
