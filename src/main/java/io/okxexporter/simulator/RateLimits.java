package io.okxexporter.simulator;

import io.okxexporter.model.Endpoint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** OKX's limit of each endpoint, kept per User ID or per address. */
final class RateLimits {
  private final Map<Endpoint, Map<String, SlidingLimit>> limits = new EnumMap<>(Endpoint.class);

  /**
   * Takes an arrival in; false if it is one too many.
   *
   * @param who the User ID; where the limit is per address, region and address
   */
  boolean admit(Endpoint endpoint, String who, long nanos) {
    return limits
        .computeIfAbsent(endpoint, any -> new HashMap<>())
        .computeIfAbsent(
            who, any -> new SlidingLimit(endpoint.maxRequests(), endpoint.window().toNanos()))
        .admit(nanos);
  }

  /**
   * At most so many arrivals in any window of so many nanoseconds. A refused arrival is an arrival.
   * Not safe for use by many threads at once.
   */
  private static final class SlidingLimit {
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
}
