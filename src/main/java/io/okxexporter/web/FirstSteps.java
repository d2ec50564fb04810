package io.okxexporter.web;

import io.okxexporter.config.cli.Flags;
import io.okxexporter.web.config.WebSettingsSource;
import java.io.PrintStream;
import java.net.InetSocketAddress;

/**
 * What a newcomer sees who tries the exporter with play money: where it serves, what comes next.
 */
public final class FirstSteps {
  private FirstSteps() {}

  /**
   * Prints them.
   *
   * @param address a listen address with its actual port
   */
  public static void print(
      PrintStream out, Flags flags, WebSettingsSource settings, InetSocketAddress address) {
    String origin = ExposureNotice.origin(address, settings);
    String metrics = origin + flags.telemetryPath();
    out.printf(
        """

        okx-exporter is running, with play money.
          its page         %s/
          the metrics      %s, with values in about 3 seconds

        Try next, in another terminal:
          a first look     curl -s %2$s | grep ^okx_total
          graphs, alerts   README.md, "Try it"
          your OKX key     README.md, "Run it for real"

        Ctrl-C stops it.
        """,
        origin, metrics);
  }
}
