package io.okxexporter.check;

import io.okxexporter.model.Outcome.Failure;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was checked.
 *
 * @param name what was checked: {@code host}, {@code clock}, {@code key}, a unit
 * @param status how it ended
 * @param text what was found; no secret, no balance
 * @param remedy what to do about it, in one sentence; null where there is nothing to do
 * @param durations what was measured, by name
 * @param failure the failure it ended with, null for none
 * @param details more lines; the only place for balances, and only where they were asked for
 */
record Step(
    String name,
    StepStatus status,
    String text,
    @Nullable String remedy,
    Map<String, Duration> durations,
    @Nullable Failure<?> failure,
    List<String> details) {
  /** Keeps its own copies; refuses to complain without a remedy. */
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

  /** All is well. */
  static Step pass(String name, String text) {
    return new Step(name, StepStatus.PASS, text, null);
  }

  /** It works, but. */
  static Step warn(String name, String text, String remedy) {
    return new Step(name, StepStatus.WARN, text, remedy);
  }

  /** It does not work. */
  static Step fail(String name, String text, String remedy) {
    return new Step(name, StepStatus.FAIL, text, remedy);
  }

  /**
   * @param why why it was not tried
   */
  static Step skip(String name, String why) {
    return new Step(name, StepStatus.SKIP, why, null);
  }

  /** The same with what was measured. */
  Step measuring(Map<String, Duration> durations) {
    return new Step(name, status, text, remedy, durations, failure, details);
  }

  /** The same with how long the answer took. */
  Step answeredIn(Duration took) {
    return measuring(Map.of("answer", took));
  }

  /** The same with the failure it is about. */
  Step because(Failure<?> failure) {
    return new Step(name, status, text, remedy, durations, failure, details);
  }

  /** The same with more lines. */
  Step with(List<String> details) {
    return new Step(name, status, text, remedy, durations, failure, details);
  }

  /** Leaves the details out, which may be balances. */
  @Override
  public String toString() {
    return "Step[" + name + ", " + status + ", " + text + "]";
  }
}
