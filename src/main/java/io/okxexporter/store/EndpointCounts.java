package io.okxexporter.store;

import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The counts of requests to one endpoint so far; immutable.
 *
 * @param requests requests sent
 * @param failures failed requests by reason
 * @param errors responses with an OKX code other than success, by known code or {@code other}
 */
public record EndpointCounts(long requests, Map<Reason, Long> failures, Map<String, Long> errors) {
  /** No counts; a reason is shown only after its first failure. */
  static final EndpointCounts NONE = new EndpointCounts(0, Map.of(), Map.of());

  private static final String OTHER_CODE = "other";

  /** Every reason with a count of 0, so that its first failure shows as an increase. */
  static EndpointCounts zero() {
    Map<Reason, Long> failures = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      failures.put(reason, 0L);
    }
    return new EndpointCounts(0, Collections.unmodifiableMap(failures), Map.of());
  }

  EndpointCounts sent() {
    return new EndpointCounts(requests + 1, failures, errors);
  }

  EndpointCounts finished(Outcome<?> outcome) {
    return outcome instanceof Failure<?> failure ? failed(failure) : this;
  }

  private EndpointCounts failed(Failure<?> failure) {
    Map<Reason, Long> newFailures = new EnumMap<>(Reason.class);
    newFailures.putAll(failures);
    newFailures.merge(failure.reason(), 1L, Long::sum);
    return new EndpointCounts(
        requests, Collections.unmodifiableMap(newFailures), withCode(failure.code()));
  }

  private Map<String, Long> withCode(@Nullable String code) {
    if (code == null) {
      return errors;
    }
    Map<String, Long> newErrors = new TreeMap<>(errors);
    // OKX could send any code, but a label must not take any value.
    newErrors.merge(Reason.ofCode(code).isPresent() ? code : OTHER_CODE, 1L, Long::sum);
    return Collections.unmodifiableMap(newErrors);
  }
}
