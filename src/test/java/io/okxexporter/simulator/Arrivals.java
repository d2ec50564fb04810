package io.okxexporter.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts the arrivals at one endpoint. Not thread-safe. */
final class Arrivals {
  private final Map<String, Long> counts = new HashMap<>();
  private final Map<String, Long> newest = new HashMap<>();
  private long rejected;
  private Optional<Duration> smallestGap = Optional.empty();

  void add(String client, long nanos, boolean tooEarly) {
    counts.merge(client, 1L, Long::sum);
    rejected += tooEarly ? 1 : 0;
    Long before = newest.put(client, nanos);
    if (before != null) {
      // Threads may swap two that arrive together.
      Duration gap = Duration.ofNanos(Math.abs(nanos - before));
      smallestGap = Optional.of(smallestGap.filter(it -> it.compareTo(gap) < 0).orElse(gap));
    }
  }

  long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  long count(String client) {
    return counts.getOrDefault(client, 0L);
  }

  long rejected() {
    return rejected;
  }

  /** The least time between two arrivals of one client; empty before a second one. */
  Optional<Duration> smallestGap() {
    return smallestGap;
  }
}
