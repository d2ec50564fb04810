package io.okxexporter.tools.alertquality;

import java.io.PrintWriter;

/** Writes a recording as OpenMetrics text with timestamps, for import into a Prometheus. */
final class OpenMetrics {
  private OpenMetrics() {}

  /**
   * Writes every {@code step}-th minute.
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
