package io.okxexporter.tools.alertquality;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts expected firings, detections, delays and false alarms. */
final class DetectionCounts {
  private int expected;
  private int detected;
  private final List<Integer> delays = new ArrayList<>();
  private final Map<String, Integer> falseAlarms = new TreeMap<>();

  /**
   * Counts an expected firing.
   *
   * @param delay in minutes; negative if missed
   */
  void expect(int delay) {
    expected++;
    if (delay >= 0) {
      detected++;
      delays.add(delay);
    }
  }

  /** Counts an unjustified firing. */
  void falseAlarm(String cause) {
    falseAlarms.merge(cause, 1, Integer::sum);
  }

  void add(DetectionCounts other) {
    expected += other.expected;
    detected += other.detected;
    delays.addAll(other.delays);
    other.falseAlarms.forEach((cause, count) -> falseAlarms.merge(cause, count, Integer::sum));
  }

  int expected() {
    return expected;
  }

  int detected() {
    return detected;
  }

  int falseAlarms() {
    return falseAlarms.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** False alarms by cause, which may be the incidents of the quarter of an hour before. */
  Map<String, Integer> falseAlarmsByCause() {
    return Collections.unmodifiableMap(falseAlarms);
  }

  /** "67 of 70", or a dash if nothing was expected. */
  String recall() {
    return expected == 0 ? "–" : detected + " of " + expected;
  }

  /** In minutes; 0 without detections. */
  int worstDelay() {
    return delays.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** "7, 9": the median and worst delay in minutes. */
  String delay() {
    if (delays.isEmpty()) {
      return "–";
    }
    List<Integer> sorted = delays.stream().sorted().toList();
    return sorted.get(sorted.size() / 2) + ", " + sorted.get(sorted.size() - 1);
  }
}
