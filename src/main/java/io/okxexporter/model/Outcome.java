package io.okxexporter.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one request to OKX ended. A remote fault is a value, not an exception.
 *
 * @param <T> what a success carries
 */
public sealed interface Outcome<T> {
  /**
   * OKX answered, and with what was asked for.
   *
   * @param value what it answered
   */
  record Success<T>(T value) implements Outcome<T> {}

  /**
   * Anything else.
   *
   * @param reason what kind of failure
   * @param code OKX's {@code code}, null where there was none
   * @param detail for the log: shortened and redacted; for {@link Reason#IP_NOT_ALLOWED} it holds
   *     the refused address, so it never becomes a label or part of a page
   * @param retryAfter how long OKX asked to be left alone; zero where it did not
   * @param lost whether the request may still be on its way to OKX
   */
  record Failure<T>(
      Reason reason, @Nullable String code, String detail, Duration retryAfter, boolean lost)
      implements Outcome<T> {
    /** A failure that OKX told us of by an answer. */
    public static <T> Failure<T> answered(
        Reason reason, @Nullable String code, String detail, Duration retryAfter) {
      return new Failure<>(reason, code, detail, retryAfter, false);
    }
  }
}
