package io.okxexporter.check;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far our clock was found to be ahead of each host's, so that requests are signed with OKX's.
 */
final class MeasuredSkews {
  private final Map<URI, Duration> skews = new ConcurrentHashMap<>();

  void put(URI host, Duration skew) {
    skews.put(host, skew);
  }

  /** Where a host's clock is unknown, that of another will do: it is our own that is off. */
  Duration of(URI host) {
    return skews.getOrDefault(host, skews.values().stream().findFirst().orElse(Duration.ZERO));
  }
}
