package io.okxexporter.tools.alertquality;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The minutes at which an alert with these labels fired; as a line, labels and spells: {@code
 * alertname=OkxAssetsLeft user=main window=10m 61-120 300-360}.
 */
final class Firing {
  /** An alert that comes more minutes late has missed. */
  static final int PATIENCE = 60;

  private final Map<String, String> labels;
  private final BitSet minutes = new BitSet();

  Firing(Map<String, String> labels) {
    this.labels = labels;
  }

  /** Reads back a line. */
  static Firing of(String line) {
    Map<String, String> labels = new TreeMap<>();
    Firing firing = new Firing(labels);
    for (String word : line.split(" ", -1)) {
      String[] label = word.split("=", 2);
      if (label.length == 2) {
        labels.put(label[0], label[1]);
      } else {
        String[] spell = word.split("-", 2);
        firing.minutes.set(Integer.parseInt(spell[0]), Integer.parseInt(spell[1]) + 1);
      }
    }
    return firing;
  }

  @Override
  public String toString() {
    Stream<String> spells = begins().stream().map(from -> from + "-" + last(from));
    return Stream.concat(new TreeMap<>(labels).entrySet().stream().map(Object::toString), spells)
        .collect(Collectors.joining(" "));
  }

  private int last(int from) {
    return minutes.nextClearBit(from) - 1;
  }

  /**
   * Adds the minutes of a window.
   *
   * @param bits the n-th is set if it fired at the n-th minute of the window
   */
  void add(int first, long bits) {
    BitSet.valueOf(new long[] {bits}).stream().forEach(bit -> minutes.set(first + bit));
  }

  String alert() {
    return label("alertname");
  }

  /** Empty where there is none. */
  String label(String name) {
    return labels.getOrDefault(name, "");
  }

  /** The minutes at which it began to fire. */
  List<Integer> begins() {
    List<Integer> begins = new ArrayList<>();
    for (int minute = minutes.nextSetBit(0); minute >= 0; ) {
      begins.add(minute);
      minute = minutes.nextSetBit(minutes.nextClearBit(minute));
    }
    return begins;
  }

  /** The first minute from that one on at which it fires; negative if there is none. */
  int next(int minute) {
    return minutes.nextSetBit(minute);
  }

  /** Minutes until one of them fires, 0 if it does so already; negative if none does in time. */
  static int delay(List<Firing> firings, int minute) {
    return firings.stream()
        .mapToInt(each -> each.next(minute) - minute)
        .filter(delay -> delay >= 0 && delay <= PATIENCE)
        .min()
        .orElse(-1);
  }
}
