package io.okxexporter.simulator;

import io.okxexporter.model.Endpoint;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** OKX's limit of each endpoint, kept per User ID or per address. */
final class RateLimits {
  private final Map<Endpoint, Map<String, SlidingLimit>> limits = new EnumMap<>(Endpoint.class);

  /**
   * Counts an arrival; false if it is one too many.
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

  long arrivals(Endpoint endpoint) {
    return of(endpoint).stream().mapToLong(SlidingLimit::arrivals).sum();
  }

  long arrivals(Endpoint endpoint, String who) {
    SlidingLimit limit = limits.getOrDefault(endpoint, Map.of()).get(who);
    return limit == null ? 0 : limit.arrivals();
  }

  long violations(Endpoint endpoint) {
    return of(endpoint).stream().mapToLong(SlidingLimit::violations).sum();
  }

  /** {@link Long#MAX_VALUE} before anybody arrived twice. */
  long smallestGapNanos(Endpoint endpoint) {
    return of(endpoint).stream()
        .mapToLong(SlidingLimit::smallestGapNanos)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private Collection<SlidingLimit> of(Endpoint endpoint) {
    return limits.getOrDefault(endpoint, Map.of()).values();
  }
}
