package io.okxexporter.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of an account in one unit: one response of {@code GET /api/v5/asset/asset-valuation}.
 * The accounts need not add up to the total: OKX does not promise it, and in its sample they do
 * not.
 *
 * @param ccy the requested unit, in which all values are (the response does not name it)
 * @param total {@code totalBal}
 * @param accounts {@code details}: value per account, for the accounts in the response only
 * @param updatedAt {@code ts}: when OKX updated the data; null if absent
 */
public record Valuation(
    String ccy, BigDecimal total, Map<String, BigDecimal> accounts, @Nullable Instant updatedAt) {
  /** Copies the accounts. */
  public Valuation {
    accounts = Map.copyOf(accounts);
  }

  /** Names the unit and the accounts, never a balance. */
  @Override
  public String toString() {
    return "Valuation[ccy="
        + ccy
        + ", accounts="
        + accounts.keySet()
        + ", updatedAt="
        + updatedAt
        + "]";
  }
}
