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
 * Counts of the requests to one endpoint so far; immutable.
 *
 * @param requests requests sent
 * @param failures failed requests by reason
 * @param errors answers with an OKX code other than success, by known code or {@code other}
 */
public record EndpointCounts(long requests, Map<Reason, Long> failures, Map<String, Long> errors) {
  /** Nothing yet, and no reason shown before its first failure. */
  static final EndpointCounts NONE = new EndpointCounts(0, Map.of(), Map.of());

  private static final String OTHER_CODE = "other";

  /** Nothing yet, and every reason shown as 0, so that its first failure is seen as an increase. */
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
    // OKX could send any code; a label must not take any value.
    newErrors.merge(Reason.ofCode(code).isPresent() ? code : OTHER_CODE, 1L, Long::sum);
    return Collections.unmodifiableMap(newErrors);
  }
}
