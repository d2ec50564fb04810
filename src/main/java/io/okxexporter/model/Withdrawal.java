package io.okxexporter.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/**
 * A withdrawal, on chain, to another OKX user or to a bank, as OKX states it.
 *
 * @param id OKX's {@code wdId} or {@code ordId}
 * @param at when it was requested
 * @param ccy the currency
 * @param amount the amount in that currency, without the fee
 * @param fee the fee in that currency; zero if it is paid in another one
 * @param stage how far it is
 */
public record Withdrawal(
    String id, Instant at, String ccy, BigDecimal amount, BigDecimal fee, Stage stage) {
  /** How far a withdrawal is. */
  public enum Stage {
    /** It can still be cancelled at OKX. */
    CANCELLABLE,
    /** OKX reviews it. */
    REVIEW,
    /** On its way, or in a state that this version does not know. */
    IN_PROGRESS,
    /** Completed. */
    DONE,
    /** Cancelled or failed. */
    CANCELLED;

    /** The label value. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is not final. */
    public boolean isPending() {
      return this != DONE && this != CANCELLED;
    }
  }

  /** Whether it is not final. */
  public boolean isPending() {
    return stage.isPending();
  }

  /** Names the withdrawal without its amount. */
  @Override
  public String toString() {
    return "withdrawal at " + at + ", " + stage.label();
  }
}
