package io.okxexporter.model;

import java.time.Duration;

/**
 * What came of asking a host for its time.
 *
 * @param connect how far the connection got
 * @param skew how far our clock is ahead of the host's
 */
public record ProbeResult(ConnectResult connect, Outcome<Duration> skew) {}
