package io.okxexporter.check;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many steps ended how. */
final class Tally {
  private final Map<Status, Integer> counts = new TreeMap<>();

  /** Reports one step that was the last. */
  static void report(Report report, Step step) {
    Tally tally = new Tally();
    tally.add(List.of(step));
    report.process(List.of(step));
    report.end(tally);
  }

  void add(Collection<Step> steps) {
    steps.forEach(step -> counts.merge(step.status(), 1, Integer::sum));
  }

  int count(Status status) {
    return counts.getOrDefault(status, 0);
  }

  /** Whether anything does not work. */
  boolean failed() {
    return count(Status.FAIL) > 0;
  }

  /** The worst of it. */
  Status result() {
    if (failed()) {
      return Status.FAIL;
    }
    return count(Status.WARN) > 0 ? Status.WARN : Status.PASS;
  }

  /** For people. */
  @Override
  public String toString() {
    int warnings = count(Status.WARN);
    String skipped = count(Status.SKIP) == 0 ? "" : ", " + count(Status.SKIP) + " skipped";
    return count(Status.PASS)
        + " passed, "
        + warnings
        + (warnings == 1 ? " warning, " : " warnings, ")
        + count(Status.FAIL)
        + " failed"
        + skipped;
  }
}
