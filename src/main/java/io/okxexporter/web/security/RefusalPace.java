package io.okxexporter.web.security;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The pace at which refusals are sent. Most guessers wait for a response before the next guess. So
 * refusals are sent half as fast as passwords are checked, which leaves half of the one checking
 * thread to other clients. A single refusal is not delayed.
 */
final class RefusalPace {
  static final Duration MAX_HOLD = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private long lastRelease;

  /**
   * @param nanoTime monotonic time in nanoseconds
   */
  RefusalPace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    lastRelease = nanoTime.getAsLong();
  }

  /**
   * Returns how long to hold back the next refusal.
   *
   * @param workNanos nanoseconds that the check took
   */
  synchronized Duration hold(long workNanos) {
    long now = nanoTime.getAsLong();
    long wait = Math.max(0, lastRelease - now + 2 * workNanos);
    long hold = Math.min(wait, MAX_HOLD.toNanos());
    lastRelease = now + hold;
    return Duration.ofNanos(hold);
  }
}
