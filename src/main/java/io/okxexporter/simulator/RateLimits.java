package io.okxexporter.simulator;

import io.okxexporter.model.Endpoint;
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
}
