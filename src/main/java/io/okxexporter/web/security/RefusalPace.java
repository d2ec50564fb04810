package io.okxexporter.web.security;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When refusals go out. Most who guess wait for the answer before the next guess, so answers that
 * go out half as fast as passwords can be checked leave half of the one thread that checks them to
 * everybody else, wherever the guesses come from. A single refusal does not wait.
 */
final class RefusalPace {
  static final Duration LONGEST_HOLD = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private long last;

  /**
   * @param nanoTime monotonic time in nanoseconds
   */
  RefusalPace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    last = nanoTime.getAsLong();
  }

  /**
   * How long to hold back one more refusal.
   *
   * @param work nanoseconds that finding it out took
   */
  synchronized Duration hold(long work) {
    long now = nanoTime.getAsLong();
    long wait = Math.max(0, last - now + 2 * work);
    long hold = Math.min(wait, LONGEST_HOLD.toNanos());
    last = now + hold;
    return Duration.ofNanos(hold);
  }
}
