package io.okxexporter.store;

import io.okxexporter.ledger.LedgerName;
import io.okxexporter.model.Outcome.Failure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one ledger of one user; immutable.
 *
 * @param interval how often it is read
 * @param lastSuccess when it was last read to its end; null before the first time
 * @param lastSuccessNanos the same in monotonic time
 * @param failing why it could not be read; null if it could
 */
public record LedgerView(
    Duration interval,
    @Nullable Instant lastSuccess,
    long lastSuccessNanos,
    @Nullable Failure<?> failing) {
  static final LedgerView UNKNOWN = new LedgerView(Duration.ZERO, null, 0, null);

  LedgerView planned(Duration newInterval) {
    return new LedgerView(newInterval, lastSuccess, lastSuccessNanos, failing);
  }

  LedgerView read(Instant at, long nanoTime, @Nullable Failure<?> failure) {
    return failure == null
        ? new LedgerView(interval, at, nanoTime, null)
        : new LedgerView(interval, lastSuccess, lastSuccessNanos, failure);
  }

  /** Whether what it stated may be shown: for three intervals at least. */
  boolean isFresh(Instant now, long nanoTime, Duration staleAfter) {
    Duration three = interval.multipliedBy(3);
    Duration limit = staleAfter.compareTo(three) > 0 ? staleAfter : three;
    return lastSuccess != null
        && !Staleness.olderThan(limit, lastSuccess, lastSuccessNanos, now, nanoTime);
  }

  /** Whether OKX says that there is nothing to read, as where it offers no fiat. */
  boolean isRefused() {
    return failing != null && failing.code() != null && LedgerName.isNotOffered(failing.reason());
  }
}
