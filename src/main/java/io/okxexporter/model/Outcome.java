package io.okxexporter.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one request to OKX. A remote fault is a value, not an exception.
 *
 * @param <T> the value of a success
 */
public sealed interface Outcome<T> {
  /**
   * OKX returned the requested value.
   *
   * @param value the value
   */
  record Success<T>(T value) implements Outcome<T> {}

  /**
   * The request failed.
   *
   * @param reason the kind of failure
   * @param code OKX's {@code code}, null if there was none
   * @param detail for the log, shortened and redacted; for {@link Reason#IP_NOT_ALLOWED} it holds
   *     the rejected address, so it never becomes a label or part of a page
   * @param retryAfter how long OKX asked to wait; zero if it did not
   * @param lost whether the request may still be on its way to OKX
   * @param connect why there was no connection; null if there was, or for another reason
   */
  record Failure<T>(
      Reason reason,
      @Nullable String code,
      String detail,
      Duration retryAfter,
      boolean lost,
      @Nullable ConnectFault connect)
      implements Outcome<T> {
    /** A failure with a response, so that the request is not lost. */
    public static <T> Failure<T> answered(
        Reason reason, @Nullable String code, String detail, Duration retryAfter) {
      return new Failure<>(reason, code, detail, retryAfter, false, null);
    }

    /** What to do about it, as exactly as is known. */
    public String remedy() {
      return connect == null
          ? reason.remedy(code)
          : "No connection to OKX: " + connect.description() + ". " + connect.remedy();
    }
  }
}
