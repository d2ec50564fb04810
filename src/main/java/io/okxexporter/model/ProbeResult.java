package io.okxexporter.model;

import java.time.Duration;

/**
 * The result of requesting a host's time.
 *
 * @param connect how far the connection got
 * @param skew how far the local clock is ahead of the host's
 */
public record ProbeResult(ConnectResult connect, Outcome<Duration> skew) {}
