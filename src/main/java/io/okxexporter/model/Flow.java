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
public record Flow(Kind kind, Direction direction, String ccy, Instant at, BigDecimal amount) {
  /** Between whom money moved. */
  public enum Kind {
    /** A deposit. */
    DEPOSIT,
    /** A withdrawal; incoming if it was cancelled. */
    WITHDRAWAL,
    /** To or from another OKX user. */
    USER,
    /** A fiat order. */
    FIAT,
    /** Between User IDs of one owner. */
    SUB_ACCOUNT,
    /** To or from custody. */
    CUSTODY,
    /** To or from a broker. */
    BROKER,
    /** A bill of a type that is unknown, or with a sign that its type does not have. */
    OTHER;

    /** The label value. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

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
