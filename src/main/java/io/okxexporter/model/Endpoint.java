package io.okxexporter.model;

import java.time.Duration;

/** The OKX endpoints we know, each with its documented limit. */
public enum Endpoint {
  /** What an account is worth. */
  ASSET_VALUATION("/api/v5/asset/asset-valuation", 1, 1),
  /** What a key is and may do. */
  ACCOUNT_CONFIG("/api/v5/account/config", 5, 2),
  /** OKX's clock. */
  PUBLIC_TIME("/api/v5/public/time", 10, 2),
  /** Announced maintenance. */
  SYSTEM_STATUS("/api/v5/system/status", 1, 5);

  /** Added to every gap, for drift between our clock and OKX's and for rounding. */
  private static final Duration MARGIN = Duration.ofMillis(20);

  private final String path;
  private final int maxRequests;
  private final Duration window;

  Endpoint(String path, int maxRequests, int windowSeconds) {
    this.path = path;
    this.maxRequests = maxRequests;
    window = Duration.ofSeconds(windowSeconds);
  }

  /** Path without query, as it goes over the wire. */
  public String path() {
    return path;
  }

  /** OKX's documented limit: so many requests in any {@link #window}. */
  public int maxRequests() {
    return maxRequests;
  }

  /** Of the documented limit: of a User ID where a key is needed, else of an address. */
  public Duration window() {
    return window;
  }

  /** The documented limit as requests per second. */
  public double maxRequestsPerSecond() {
    return (double) maxRequests / window.toSeconds();
  }

  /** The time between two requests, one after another, that keeps the limit. */
  public Duration gap() {
    return gap(maxRequestsPerSecond());
  }

  /** The time between two requests, one after another, that keeps such a limit. */
  static Duration gap(double maxRequestsPerSecond) {
    return Duration.ofNanos((long) Math.ceil(1e9 / maxRequestsPerSecond)).plus(MARGIN);
  }
}
