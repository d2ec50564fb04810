package io.okxexporter.model;

import java.time.Duration;

/**
 * What came of asking a host for its time.
 *
 * @param reach how far the connection got
 * @param skew how far our clock is ahead of the host's
 */
public record Probe(Reach reach, Outcome<Duration> skew) {}
