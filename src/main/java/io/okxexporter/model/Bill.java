package io.okxexporter.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A change of a user's funding account, as OKX's ledger states it.
 *
 * @param id OKX's {@code billId}, unique within a ledger
 * @param at OKX's {@code ts}
 * @param ccy the currency that changed
 * @param change the signed net change in that currency, OKX's {@code balChg}
 * @param type OKX's number of the bill type, such as {@code 2} for a withdrawal
 */
public record Bill(String id, Instant at, String ccy, BigDecimal change, String type) {
  /** Names the bill without its amount. */
  @Override
  public String toString() {
    return "bill of type " + type + " at " + at;
  }
}
