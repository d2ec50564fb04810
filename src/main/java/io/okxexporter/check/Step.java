package io.okxexporter.check;

import io.okxexporter.model.Outcome.Failure;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of the check, with its result.
 *
 * @param name what was checked: {@code host}, {@code clock}, {@code key}, a unit
 * @param status how it ended
 * @param text what was found; no secret, no balance
 * @param remedy what to do about it, in one sentence; null where there is nothing to do
 * @param durations measured durations, by name
 * @param failure the failure it ended with, null for none
 * @param details more lines; the only place for balances, and only on request
 */
record Step(
    String name,
    StepStatus status,
    String text,
    @Nullable String remedy,
    Map<String, Duration> durations,
    @Nullable Failure<?> failure,
    List<String> details) {
  /** Copies the collections; requires a remedy for a warning or a failure. */
  public Step {
    durations = Collections.unmodifiableMap(new LinkedHashMap<>(durations));
    details = List.copyOf(details);
    boolean bad = status == StepStatus.WARN || status == StepStatus.FAIL;
    if (bad != (remedy != null)) {
      throw new IllegalArgumentException(status + " with the remedy " + remedy);
    }
  }

  private Step(String name, StepStatus status, String text, @Nullable String remedy) {
    this(name, status, text, remedy, Map.of(), null, List.of());
  }

  /** A step that passed. */
  static Step pass(String name, String text) {
    return new Step(name, StepStatus.PASS, text, null);
  }

  /** A step that works, but needs attention. */
  static Step warn(String name, String text, String remedy) {
    return new Step(name, StepStatus.WARN, text, remedy);
  }

  /** A step that failed. */
  static Step fail(String name, String text, String remedy) {
    return new Step(name, StepStatus.FAIL, text, remedy);
  }

  /**
   * @param why the reason for not trying it
   */
  static Step skip(String name, String why) {
    return new Step(name, StepStatus.SKIP, why, null);
  }

  /** Returns this step with measured durations. */
  Step measuring(Map<String, Duration> durations) {
    return new Step(name, status, text, remedy, durations, failure, details);
  }

  /** Returns this step with the duration of the response. */
  Step respondedIn(Duration took) {
    return measuring(Map.of("answer", took));
  }

  /** Returns this step with its failure. */
  Step because(Failure<?> failure) {
    return new Step(name, status, text, remedy, durations, failure, details);
  }

  /** Returns this step with more lines. */
  Step with(List<String> details) {
    return new Step(name, status, text, remedy, durations, failure, details);
  }

  /** Omits the details, which may be balances. */
  @Override
  public String toString() {
    return "Step[" + name + ", " + status + ", " + text + "]";
  }
}
