package io.okxexporter.check;

/**
 * What the configuration and the command line say about all users.
 *
 * @param diagnosis whether the exporter will measure the clock, and sign with OKX's time
 * @param allowTradingKeys whether the exporter will poll with a key that may trade or withdraw
 * @param maxRequestsPerSecondTotal bound on the requests of the whole process
 * @param showValues whether to show balances
 * @param regionProbe whether other regions may be asked if they know a key
 * @param exporterBeside whether an exporter runs here, so that the valuations are left to it
 */
public record Rules(
    boolean diagnosis,
    boolean allowTradingKeys,
    double maxRequestsPerSecondTotal,
    boolean showValues,
    boolean regionProbe,
    boolean exporterBeside) {}
