package io.okxexporter.check;

import java.util.List;

/**
 * The options of a check for all users, from the configuration and the command line.
 *
 * @param diagnosis whether the exporter measures the clock, and signs with OKX's time
 * @param allowTradingKeys whether the exporter polls with a key that may trade or withdraw
 * @param flows whether the exporter reads ledgers
 * @param maxRequestsPerSecondTotal limit on the requests of the whole process
 * @param showValues whether to show balances
 * @param regionProbe whether to query other regions about an unknown key
 * @param running exporters that run at the listen addresses of this one
 */
record CheckOptions(
    boolean diagnosis,
    boolean allowTradingKeys,
    boolean flows,
    double maxRequestsPerSecondTotal,
    boolean showValues,
    boolean regionProbe,
    List<RunningExporter> running) {
  /** Copies the list. */
  public CheckOptions {
    running = List.copyOf(running);
  }
}
