package io.okxexporter.check;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many steps ended how. */
final class Summary {
  private final Map<StepStatus, Integer> counts = new TreeMap<>();

  /** Reports one step that was the last. */
  static void report(Report report, Step step) {
    Summary tally = new Summary();
    tally.add(List.of(step));
    report.process(List.of(step));
    report.end(tally);
  }

  void add(Collection<Step> steps) {
    steps.forEach(step -> counts.merge(step.status(), 1, Integer::sum));
  }

  int count(StepStatus status) {
    return counts.getOrDefault(status, 0);
  }

  /** Whether anything does not work. */
  boolean failed() {
    return count(StepStatus.FAIL) > 0;
  }

  /** The worst of it. */
  StepStatus result() {
    if (failed()) {
      return StepStatus.FAIL;
    }
    return count(StepStatus.WARN) > 0 ? StepStatus.WARN : StepStatus.PASS;
  }

  /** For people. */
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
