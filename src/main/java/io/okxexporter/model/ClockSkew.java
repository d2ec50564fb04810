package io.okxexporter.model;

import java.time.Duration;

/** The tolerated difference between the local clock and OKX's. */
public final class ClockSkew {
  /**
   * Beyond this, a warning is logged and requests are signed with OKX's time. OKX rejects a
   * signature from 30 s on.
   */
  public static final Duration TOLERATED = Duration.ofSeconds(5);

  private ClockSkew() {}
}
