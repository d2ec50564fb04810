package io.okxexporter.poll;

import java.time.Duration;

/**
 * How fast to ask.
 *
 * @param pollInterval how often each unit of each user is refreshed if the budget allows
 * @param maxRequestsPerSecond of the whole process
 * @param maxInFlight of the whole process
 */
public record PollLimits(Duration pollInterval, double maxRequestsPerSecond, int maxInFlight) {}
