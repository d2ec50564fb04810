package io.okxexporter.model;

import java.time.Duration;

/** How far our clock may be from OKX's. */
public final class ClockSkew {
  /**
   * More than this is said loudly, and requests are signed with OKX's time; OKX refuses a signature
   * from 30 s on.
   */
  public static final Duration TOLERATED = Duration.ofSeconds(5);

  private ClockSkew() {}
}
