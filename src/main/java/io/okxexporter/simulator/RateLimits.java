package io.okxexporter.simulator;

import io.okxexporter.model.Endpoint;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** OKX's limit of each endpoint, kept per User ID or per address. */
final class RateLimits {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Map<Endpoint, Map<String, SlidingLimit>> limits = new EnumMap<>(Endpoint.class);

  /**
   * Counts an arrival; false if it is one too many.
   *
   * @param who the User ID; where the limit is per address, region and address
   */
  boolean admit(Endpoint endpoint, String who, long nanos) {
    return limits
        .computeIfAbsent(endpoint, any -> new HashMap<>())
        .computeIfAbsent(who, any -> limit(endpoint))
        .admit(nanos);
  }

  private static SlidingLimit limit(Endpoint endpoint) {
    return switch (endpoint) {
      case ASSET_VALUATION -> new SlidingLimit(1, SECOND_NANOS);
      case ACCOUNT_CONFIG -> new SlidingLimit(5, 2 * SECOND_NANOS);
      case PUBLIC_TIME -> new SlidingLimit(10, 2 * SECOND_NANOS);
      case SYSTEM_STATUS -> new SlidingLimit(1, 5 * SECOND_NANOS);
    };
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
