package io.okxexporter.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What OKX says an account is worth, in one unit: one response of {@code GET
 * /api/v5/asset/asset-valuation}. The accounts need not add up to the total; OKX does not promise
 * it and its own sample does not.
 *
 * @param ccy unit of every number here, as asked for (the response does not name it)
 * @param total {@code totalBal}
 * @param accounts {@code details}: value per account, only those OKX named
 * @param updatedAt {@code ts}: when OKX updated the data; null where it did not say
 */
public record Valuation(
    String ccy, BigDecimal total, Map<String, BigDecimal> accounts, @Nullable Instant updatedAt) {
  /** Keeps its own copy of the accounts. */
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
