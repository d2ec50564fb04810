package io.okxexporter.tools.alertquality;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often something was to be told, how often it was, how late, and how often nothing was. */
final class Tally {
  private int expected;
  private int told;
  private final List<Integer> delays = new ArrayList<>();
  private final Map<String, Integer> falseAlarms = new TreeMap<>();

  /**
   * Something was to be told.
   *
   * @param delay in minutes; negative if it was not
   */
  void expect(int delay) {
    expected++;
    if (delay >= 0) {
      told++;
      delays.add(delay);
    }
  }

  /** An alert began to fire with no right to. */
  void falseAlarm(String cause) {
    falseAlarms.merge(cause, 1, Integer::sum);
  }

  void add(Tally other) {
    expected += other.expected;
    told += other.told;
    delays.addAll(other.delays);
    other.falseAlarms.forEach((cause, count) -> falseAlarms.merge(cause, count, Integer::sum));
  }

  int expected() {
    return expected;
  }

  int told() {
    return told;
  }

  int falseAlarms() {
    return falseAlarms.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** By cause, which may be what else happened within a quarter of an hour before. */
  Map<String, Integer> falseAlarmsByCause() {
    return Collections.unmodifiableMap(falseAlarms);
  }

  /** "67 of 70", or a dash where there was nothing to tell. */
  String recall() {
    return expected == 0 ? "–" : told + " of " + expected;
  }

  /** In minutes; 0 where there is none. */
  int worstDelay() {
    return delays.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** "7, 9": median and worst in minutes. */
  String delay() {
    if (delays.isEmpty()) {
      return "–";
    }
    List<Integer> sorted = delays.stream().sorted().toList();
    return sorted.get(sorted.size() / 2) + ", " + sorted.get(sorted.size() - 1);
  }
}
