package io.okxexporter.store;

import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Valuation;
import io.okxexporter.store.View.UnitView;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one unit of one user; immutable.
 *
 * @param success the newest valuation, null before the first
 * @param lastAttempt when the newest request finished, null before the first
 * @param failing how the newest request failed, null if it did not
 */
record UnitState(
    String ccy,
    @Nullable Received success,
    @Nullable Instant lastAttempt,
    @Nullable Failure<Valuation> failing) {

  /** A valuation, and when it came by both clocks. */
  record Received(Valuation valuation, Instant at, long nanoTime) {
    /**
     * By the larger of wall and monotonic time: a suspended machine's monotonic clock stands still,
     * and a wall clock may be set back.
     */
    boolean olderThan(Duration limit, Instant now, long nanoTimeNow) {
      Duration wall = Duration.between(at, now);
      Duration monotonic = Duration.ofNanos(nanoTimeNow - nanoTime);
      return wall.compareTo(limit) > 0 || monotonic.compareTo(limit) > 0;
    }
  }

  static UnitState unknown(String ccy) {
    return new UnitState(ccy, null, null, null);
  }

  UnitState finished(Outcome<Valuation> outcome, Instant at, long nanoTime) {
    if (outcome instanceof Success<Valuation> ok) {
      return new UnitState(ccy, new Received(ok.value(), at, nanoTime), at, null);
    }
    return new UnitState(ccy, success, at, (Failure<Valuation>) outcome);
  }

  /**
   * @param skew how far our clock is ahead of OKX's, zero where unknown
   */
  UnitView view(Instant now, long nanoTimeNow, Duration staleAfter, Duration skew) {
    if (success == null) {
      return new UnitView(ccy, null, null, null, null, lastAttempt, failing);
    }
    Valuation valuation = success.valuation();
    Instant updatedAt = valuation.updatedAt();
    return new UnitView(
        ccy,
        success.olderThan(staleAfter, now, nanoTimeNow) ? null : valuation,
        updatedAt,
        updatedAt == null ? null : Duration.between(updatedAt, now.minus(skew)),
        success.at(),
        lastAttempt,
        failing);
  }
}
