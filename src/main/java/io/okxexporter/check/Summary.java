package io.okxexporter.check;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the steps of a check by status. */
final class Summary {
  private final Map<StepStatus, Integer> counts = new TreeMap<>();

  /** Reports a single step, and ends the report. */
  static void report(Report report, Step step) {
    Summary summary = new Summary();
    summary.add(List.of(step));
    report.process(List.of(step));
    report.end(summary);
  }

  void add(Collection<Step> steps) {
    steps.forEach(step -> counts.merge(step.status(), 1, Integer::sum));
  }

  int count(StepStatus status) {
    return counts.getOrDefault(status, 0);
  }

  /** Whether a step failed. */
  boolean failed() {
    return count(StepStatus.FAIL) > 0;
  }

  /** The worst status; skipped steps do not count. */
  StepStatus result() {
    if (failed()) {
      return StepStatus.FAIL;
    }
    return count(StepStatus.WARN) > 0 ? StepStatus.WARN : StepStatus.PASS;
  }

  /** The counts, for a text report. */
  @Override
  public String toString() {
    int warnings = count(StepStatus.WARN);
    String skipped = count(StepStatus.SKIP) == 0 ? "" : ", " + count(StepStatus.SKIP) + " skipped";
    return count(StepStatus.PASS)
        + " passed, "
        + warnings
        + (warnings == 1 ? " warning, " : " warnings, ")
        + count(StepStatus.FAIL)
        + " failed"
        + skipped;
  }
}
