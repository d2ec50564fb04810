package io.okxexporter.store;

import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Valuation;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one unit of one user; immutable.
 *
 * @param ccy the unit
 * @param success the newest valuation; null before the first
 * @param stale whether that valuation is too old to be shown
 * @param age the age of OKX's {@code ts} by the local clock less its known skew, negative if it
 *     lies ahead; null if unknown
 * @param lastAttempt when the newest request finished; null before the first
 * @param failing the failure of the newest request; null if it succeeded
 */
public record UnitView(
    String ccy,
    @Nullable Received success,
    boolean stale,
    @Nullable Duration age,
    @Nullable Instant lastAttempt,
    @Nullable Failure<Valuation> failing) {

  /** A valuation and when it was received, in wall and monotonic time. */
  public record Received(Valuation valuation, Instant at, long nanoTime) {}

  static UnitView unknown(String ccy) {
    return new UnitView(ccy, null, false, null, null, null);
  }

  UnitView finished(Outcome<Valuation> outcome, Instant at, long nanoTime) {
    if (outcome instanceof Success<Valuation> ok) {
      return new UnitView(ccy, new Received(ok.value(), at, nanoTime), false, null, at, null);
    }
    return new UnitView(ccy, success, stale, age, at, (Failure<Valuation>) outcome);
  }

  /**
   * Returns this unit as of that time.
   *
   * @param skew how far the local clock is ahead of OKX's; zero if unknown
   */
  UnitView at(Instant now, long nanoTimeNow, Duration staleAfter, Duration skew) {
    if (success == null) {
      return this;
    }
    Instant updatedAt = updatedAt();
    return new UnitView(
        ccy,
        success,
        Staleness.olderThan(staleAfter, success.at(), success.nanoTime(), now, nanoTimeNow),
        updatedAt == null ? null : Duration.between(updatedAt, now.minus(skew)),
        lastAttempt,
        failing);
  }

  /** The newest valuation; null before the first and once it is stale. */
  public @Nullable Valuation valuation() {
    return success == null || stale ? null : success.valuation();
  }

  /** OKX's {@code ts} of the newest valuation, even if it is stale; null if unknown. */
  public @Nullable Instant updatedAt() {
    return success == null ? null : success.valuation().updatedAt();
  }

  /** When the newest successful request finished; null before the first. */
  public @Nullable Instant lastSuccess() {
    return success == null ? null : success.at();
  }
}
