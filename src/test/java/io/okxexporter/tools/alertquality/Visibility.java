package io.okxexporter.tools.alertquality;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** When a recording first shows an event; based on samples, not on rules. */
final class Visibility {
  private static final String TS = "okx_asset_valuation_timestamp_seconds";
  private static final String TOTAL = "okx_total_asset_valuation";

  private static final long FRESH_SECONDS = 150;

  private final Recording recording;
  private final Map<String, double[]> latest = new HashMap<>();

  Visibility(Recording recording) {
    this.recording = recording;
  }

  /**
   * The first minute whose scrape shows a value of that second or later in every unit; the number
   * of minutes if there is none.
   */
  int of(Member member, long second) {
    int minute = (int) (second / 60);
    while (minute < recording.minutes() && !shows(member, minute, second)) {
      minute++;
    }
    return minute;
  }

  /** The latest minute up to that second that shows a value in every unit. */
  int before(Member member, long second) {
    int minute = (int) (second / 60);
    while (minute > 0 && !shows(member, minute, 0)) {
      minute--;
    }
    return minute;
  }

  /** Whether every minute in the range shows a recent value in every unit. */
  boolean fresh(Member member, int first, int last) {
    return IntStream.rangeClosed(first, Math.min(last, recording.minutes() - 1))
        .allMatch(minute -> shows(member, minute, 60L * minute - FRESH_SECONDS));
  }

  private boolean shows(Member member, int minute, long second) {
    return member.ccys().stream()
        .allMatch(ccy -> latest(Labels.of("ccy", ccy, "user", member.name()))[minute] >= second);
  }

  /** The latest timestamps over all processes; negative without a value. */
  private double[] latest(Labels unit) {
    return latest.computeIfAbsent(
        unit.get("user") + " " + unit.get("ccy"),
        any -> {
          double[] sum = new double[recording.minutes()];
          Arrays.fill(sum, -1);
          recording.series(TS, unit).forEach((labels, ts) -> merge(sum, ts, totals(labels)));
          return sum;
        });
  }

  private List<double[]> totals(Labels labels) {
    return List.copyOf(recording.series(TOTAL, labels).values());
  }

  private static void merge(double[] latest, double[] ts, List<double[]> totals) {
    for (int minute = 0; minute < latest.length; minute++) {
      int now = minute;
      if (totals.stream().anyMatch(total -> !Double.isNaN(total[now])) && ts[now] > latest[now]) {
        latest[now] = ts[now];
      }
    }
  }
}
