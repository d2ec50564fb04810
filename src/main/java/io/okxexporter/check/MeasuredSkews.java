package io.okxexporter.check;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The measured skews of the local clock, ahead of each host's, used to sign requests with OKX's
 * time.
 */
final class MeasuredSkews {
  private final Map<URI, Duration> skews = new ConcurrentHashMap<>();

  void put(URI host, Duration skew) {
    skews.put(host, skew);
  }

  /**
   * Returns the skew of a host; for an unknown one, that of any other, as the local clock is at
   * fault.
   */
  Duration of(URI host) {
    return skews.getOrDefault(host, skews.values().stream().findFirst().orElse(Duration.ZERO));
  }
}
