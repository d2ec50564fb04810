package io.okxexporter.tools.alertquality;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The minutes at which an alert with these labels fired. As text, labels and ranges of minutes:
 * {@code alertname=OkxAssetsLeft user=main window=10m 61-120 300-360}.
 */
final class Firing {
  /** The longest delay in minutes; an alert that fires later counts as missed. */
  static final int MAX_DELAY = 60;

  private final Map<String, String> labels;
  private final BitSet minutes = new BitSet();

  Firing(Map<String, String> labels) {
    this.labels = labels;
  }

  /** Parses the text form. */
  static Firing of(String line) {
    Map<String, String> labels = new TreeMap<>();
    Firing firing = new Firing(labels);
    for (String part : line.split(" ", -1)) {
      String[] label = part.split("=", 2);
      if (label.length == 2) {
        labels.put(label[0], label[1]);
      } else {
        String[] range = part.split("-", 2);
        firing.minutes.set(Integer.parseInt(range[0]), Integer.parseInt(range[1]) + 1);
      }
    }
    return firing;
  }

  @Override
  public String toString() {
    Stream<String> ranges = begins().stream().map(from -> from + "-" + last(from));
    return Stream.concat(new TreeMap<>(labels).entrySet().stream().map(Object::toString), ranges)
        .collect(Collectors.joining(" "));
  }

  private int last(int from) {
    return minutes.nextClearBit(from) - 1;
  }

  /**
   * Adds the minutes of a window.
   *
   * @param bits the n-th bit is set if the alert fired at the n-th minute of the window
   */
  void add(int first, long bits) {
    BitSet.valueOf(new long[] {bits}).stream().forEach(bit -> minutes.set(first + bit));
  }

  String alert() {
    return label("alertname");
  }

  /** The label's value; empty if there is none. */
  String label(String name) {
    return labels.getOrDefault(name, "");
  }

  /** The minutes at which it started to fire. */
  List<Integer> begins() {
    List<Integer> begins = new ArrayList<>();
    for (int minute = minutes.nextSetBit(0); minute >= 0; ) {
      begins.add(minute);
      minute = minutes.nextSetBit(minutes.nextClearBit(minute));
    }
    return begins;
  }

  /** The first minute at or after this one at which it fires; negative if there is none. */
  int next(int minute) {
    return minutes.nextSetBit(minute);
  }

  /**
   * The minutes until one of them fires, 0 if one already does; negative if none fires within the
   * limit.
   */
  static int delay(List<Firing> firings, int minute) {
    return firings.stream()
        .mapToInt(each -> each.next(minute) - minute)
        .filter(delay -> delay >= 0 && delay <= MAX_DELAY)
        .min()
        .orElse(-1);
  }
}
