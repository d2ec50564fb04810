package io.okxexporter.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/**
 * Money that crossed the border of a User ID, in its own currency. Flows of one instant, kind,
 * direction and currency are one.
 *
 * @param kind between whom it moved
 * @param direction whether it came or left
 * @param ccy the currency
 * @param at OKX's {@code ts}
 * @param amount the amount, positive
 */
public record Flow(FlowKind kind, Direction direction, String ccy, Instant at, BigDecimal amount) {
  /** Whether money came or left. */
  public enum Direction {
    /** It came. */
    IN,
    /** It left. */
    OUT;

    /** The label value. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Names the flow without its amount. */
  @Override
  public String toString() {
    return kind.label() + " " + direction.label() + " at " + at;
  }
}
