package io.okxexporter.simulator;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * At most so many arrivals in any window of so many nanoseconds, and a count of those beyond. A
 * refused arrival is an arrival. Not safe for use by many threads at once.
 */
final class SlidingLimit {
  private final int limit;
  private final long windowNanos;

  /**
   * The newest in order of being told, which threads may swap a little against the order of
   * arrival; hence more than the limit of them, and distances without a sign.
   */
  private final Deque<Long> recent = new ArrayDeque<>();

  private long arrivals;
  private long violations;
  private long smallestGapNanos = Long.MAX_VALUE;

  SlidingLimit(int limit, long windowNanos) {
    this.limit = limit;
    this.windowNanos = windowNanos;
  }

  /** Counts an arrival; false if there were too many in its window. */
  boolean admit(long nanos) {
    boolean admitted = near(nanos) < limit;
    arrivals++;
    violations += admitted ? 0 : 1;
    remember(nanos);
    return admitted;
  }

  private int near(long nanos) {
    int near = 0;
    for (long other : recent) {
      long gap = Math.abs(nanos - other);
      smallestGapNanos = Math.min(smallestGapNanos, gap);
      near += gap < windowNanos ? 1 : 0;
    }
    return near;
  }

  private void remember(long nanos) {
    recent.addLast(nanos);
    if (recent.size() > limit + 4) {
      recent.removeFirst();
    }
  }

  long arrivals() {
    return arrivals;
  }

  long violations() {
    return violations;
  }

  /** The least time between two arrivals; {@link Long#MAX_VALUE} before there are two. */
  long smallestGapNanos() {
    return smallestGapNanos;
  }
}
