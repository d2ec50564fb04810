package io.okxexporter.simulator;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * At most so many arrivals in any window of so many nanoseconds. A refused arrival is an arrival.
 * Not safe for use by many threads at once.
 */
final class SlidingLimit {
  private final int limit;
  private final long windowNanos;

  /**
   * The newest in order of being told, which threads may swap a little against the order of
   * arrival; hence more than the limit of them, and distances without a sign.
   */
  private final Deque<Long> recent = new ArrayDeque<>();

  SlidingLimit(int limit, long windowNanos) {
    this.limit = limit;
    this.windowNanos = windowNanos;
  }

  /** Takes an arrival in; false if there were too many in its window. */
  boolean admit(long nanos) {
    boolean admitted =
        recent.stream().filter(other -> Math.abs(nanos - other) < windowNanos).count() < limit;
    remember(nanos);
    return admitted;
  }

  private void remember(long nanos) {
    recent.addLast(nanos);
    if (recent.size() > limit + 4) {
      recent.removeFirst();
    }
  }
}
