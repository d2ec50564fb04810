package io.okxexporter.poll;

import java.time.Duration;

/**
 * The poll interval and the request limits of the process.
 *
 * @param pollInterval how often each unit of each user is refreshed if the budget allows
 * @param maxRequestsPerSecond for the whole process
 * @param maxInFlight for the whole process
 */
public record PollLimits(Duration pollInterval, double maxRequestsPerSecond, int maxInFlight) {}
