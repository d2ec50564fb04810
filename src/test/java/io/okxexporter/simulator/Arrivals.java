package io.okxexporter.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What has arrived at one endpoint. Not safe for use by many threads at once. */
final class Arrivals {
  private final Map<String, Long> counts = new HashMap<>();
  private final Map<String, Long> newest = new HashMap<>();
  private long refused;
  private Optional<Duration> smallestGap = Optional.empty();

  void add(String who, long nanos, boolean tooEarly) {
    counts.merge(who, 1L, Long::sum);
    refused += tooEarly ? 1 : 0;
    Long before = newest.put(who, nanos);
    if (before != null) {
      // Threads may swap two that arrive together.
      Duration gap = Duration.ofNanos(Math.abs(nanos - before));
      smallestGap = Optional.of(smallestGap.filter(it -> it.compareTo(gap) < 0).orElse(gap));
    }
  }

  long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  long count(String who) {
    return counts.getOrDefault(who, 0L);
  }

  long refused() {
    return refused;
  }

  /** The least time between two of the same; empty before anybody arrived twice. */
  Optional<Duration> smallestGap() {
    return smallestGap;
  }
}
