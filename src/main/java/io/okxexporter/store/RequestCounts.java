package io.okxexporter.store;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counts of requests so far, by endpoint; immutable.
 *
 * @param byEndpoint only endpoints that were used or are to be shown from the start
 */
public record RequestCounts(Map<Endpoint, EndpointCounts> byEndpoint) {
  static final RequestCounts NONE = new RequestCounts(Map.of());

  /** This endpoint only, with every count at 0. */
  static RequestCounts from(Endpoint endpoint) {
    return NONE.with(endpoint, EndpointCounts.zero());
  }

  RequestCounts sent(Endpoint endpoint) {
    return with(endpoint, byEndpoint.getOrDefault(endpoint, EndpointCounts.NONE).sent());
  }

  RequestCounts finished(Endpoint endpoint, Outcome<?> outcome) {
    return with(endpoint, byEndpoint.getOrDefault(endpoint, EndpointCounts.NONE).finished(outcome));
  }

  /** The counts by error code over all endpoints. */
  public Map<String, Long> errors() {
    Map<String, Long> sum = new TreeMap<>();
    byEndpoint
        .values()
        .forEach(counts -> counts.errors().forEach((code, n) -> sum.merge(code, n, Long::sum)));
    return sum;
  }

  private RequestCounts with(Endpoint endpoint, EndpointCounts counts) {
    Map<Endpoint, EndpointCounts> next = new EnumMap<>(Endpoint.class);
    next.putAll(byEndpoint);
    next.put(endpoint, counts);
    return new RequestCounts(Collections.unmodifiableMap(next));
  }
}
