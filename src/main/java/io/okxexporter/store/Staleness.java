package io.okxexporter.store;

import java.time.Duration;
import java.time.Instant;

/** When a value is too old to be shown. */
final class Staleness {
  private Staleness() {}

  /**
   * Uses the larger age by wall and monotonic time: a suspended machine's monotonic clock stops,
   * and a wall clock may be set back.
   *
   * @param at when the value was received
   * @param nanoTime the same in monotonic time
   */
  static boolean olderThan(
      Duration limit, Instant at, long nanoTime, Instant now, long nanoTimeNow) {
    Duration wall = Duration.between(at, now);
    Duration monotonic = Duration.ofNanos(nanoTimeNow - nanoTime);
    return wall.compareTo(limit) > 0 || monotonic.compareTo(limit) > 0;
  }
}
