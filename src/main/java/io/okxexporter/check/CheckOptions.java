package io.okxexporter.check;

import java.util.List;

/**
 * What the configuration and the command line say about all users.
 *
 * @param diagnosis whether the exporter will measure the clock, and sign with OKX's time
 * @param allowTradingKeys whether the exporter will poll with a key that may trade or withdraw
 * @param maxRequestsPerSecondTotal bound on the requests of the whole process
 * @param showValues whether to show balances
 * @param regionProbe whether other regions may be asked if they know a key
 * @param running exporters that run where this one would listen
 */
record CheckOptions(
    boolean diagnosis,
    boolean allowTradingKeys,
    double maxRequestsPerSecondTotal,
    boolean showValues,
    boolean regionProbe,
    List<RunningExporter> running) {
  /** Keeps its own copy. */
  public CheckOptions {
    running = List.copyOf(running);
  }
}
