package io.okxexporter.alerts;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** The minutes at which an alert with these labels fired. */
final class Firing {
  private final Map<String, String> labels;
  private final BitSet minutes = new BitSet();

  Firing(Map<String, String> labels) {
    this.labels = labels;
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
}
