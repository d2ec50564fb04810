package io.okxexporter.poll;

import java.time.Duration;

/**
 * The intervals and the request limits of the process.
 *
 * @param pollInterval how often each unit of each user is refreshed if the budget allows
 * @param ledgerInterval how often each ledger is read if the limits allow
 * @param maxRequestsPerSecond for the whole process
 * @param maxInFlight for the whole process
 */
public record PollLimits(
    Duration pollInterval, Duration ledgerInterval, double maxRequestsPerSecond, int maxInFlight) {}
