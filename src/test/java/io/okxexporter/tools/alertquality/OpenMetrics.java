package io.okxexporter.tools.alertquality;

import java.io.PrintWriter;

/** A recording as OpenMetrics text with timestamps, as a Prometheus can be filled with. */
final class OpenMetrics {
  private OpenMetrics() {}

  /**
   * Writes one of so many minutes.
   *
   * @param start Unix time of the first minute
   */
  static void write(Recording recording, long start, int step, PrintWriter out) {
    recording.read(
        (family, series, values) -> {
          for (int minute = 0; minute < values.length; minute += step) {
            if (!Double.isNaN(values[minute])) {
              out.println(series + " " + values[minute] + " " + (start + 60L * minute));
            }
          }
        });
    out.println("# EOF");
  }
}
