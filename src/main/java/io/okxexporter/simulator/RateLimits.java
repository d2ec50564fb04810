package io.okxexporter.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Enforces OKX's limit of each route, per User ID or per address. */
final class RateLimits {
  private final Map<SimulatedRoute, Map<String, SlidingLimit>> limits =
      new EnumMap<>(SimulatedRoute.class);

  /**
   * Records an arrival; returns false if it exceeds the limit.
   *
   * @param client the User ID; where the limit is per address, region and address
   */
  boolean admit(SimulatedRoute route, String client, long nanos) {
    return limits
        .computeIfAbsent(route, any -> new HashMap<>())
        .computeIfAbsent(
            client, any -> new SlidingLimit(route.maxRequests(), route.window().toNanos()))
        .admit(nanos);
  }

  /**
   * Admits a limited number of arrivals in any window. Rejected arrivals count, too. Not
   * thread-safe.
   */
  private static final class SlidingLimit {
    private final int limit;
    private final long windowNanos;

    /**
     * The newest arrivals, in the order recorded. Threads may record them slightly out of order;
     * hence it keeps a few more than the limit, and distances have no sign.
     */
    private final Deque<Long> recent = new ArrayDeque<>();

    SlidingLimit(int limit, long windowNanos) {
      this.limit = limit;
      this.windowNanos = windowNanos;
    }

    /** Records an arrival; returns false if there were too many in its window. */
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
}
