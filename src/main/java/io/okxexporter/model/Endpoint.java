package io.okxexporter.model;

import java.time.Duration;

/** The OKX endpoints in use, each with its documented rate limit. */
public enum Endpoint {
  /** The value of an account. */
  ASSET_VALUATION("/api/v5/asset/asset-valuation", 1, 1),
  /** The identity and permissions of a key. */
  ACCOUNT_CONFIG("/api/v5/account/config", 5, 2),
  /** OKX's clock. */
  PUBLIC_TIME("/api/v5/public/time", 10, 2),
  /** Announced maintenance. */
  SYSTEM_STATUS("/api/v5/system/status", 1, 5),
  /** The ledger of the funding account. */
  ASSET_BILLS("/api/v5/asset/bills", 6, 1, 256),
  /** The ledger of the trading account. */
  ACCOUNT_BILLS("/api/v5/account/bills", 5, 1, 512),
  /** Transfers between a main account and its sub-accounts. */
  SUB_ACCOUNT_BILLS("/api/v5/asset/subaccount/bills", 6, 1, 256),
  /** Withdrawals on chain and to other users, with their states. */
  WITHDRAWAL_HISTORY("/api/v5/asset/withdrawal-history", 6, 1, 256),
  /** Withdrawals to banks, with their states. */
  FIAT_WITHDRAWALS("/api/v5/fiat/withdrawal-order-history", 3, 1, 256),
  /** The index price of every coin. */
  INDEX_TICKERS("/api/v5/market/index-tickers", 20, 2, 2048);

  /** Added to every gap to allow for rounding and for drift between the local clock and OKX's. */
  private static final Duration MARGIN = Duration.ofMillis(20);

  private final String path;
  private final int maxRequests;
  private final Duration window;
  private final int maxBodyBytes;

  /** A response of a few hundred bytes. */
  Endpoint(String path, int maxRequests, int windowSeconds) {
    this(path, maxRequests, windowSeconds, 64);
  }

  Endpoint(String path, int maxRequests, int windowSeconds, int maxBodyKib) {
    this.path = path;
    this.maxRequests = maxRequests;
    window = Duration.ofSeconds(windowSeconds);
    maxBodyBytes = maxBodyKib * 1024;
  }

  /** Longer responses are not read. */
  public int maxBodyBytes() {
    return maxBodyBytes;
  }

  /** The path without a query, as sent. */
  public String path() {
    return path;
  }

  /** OKX's documented limit of requests in any {@link #window}. */
  public int maxRequests() {
    return maxRequests;
  }

  /** The window of the limit, which applies per User ID if a key is needed, else per address. */
  public Duration window() {
    return window;
  }

  /** The documented limit as requests per second. */
  public double maxRequestsPerSecond() {
    return (double) maxRequests / window.toSeconds();
  }

  /** The time between consecutive requests that keeps within the limit. */
  public Duration gap() {
    return gap(maxRequestsPerSecond());
  }

  /** The time between consecutive requests that keeps within the given limit. */
  static Duration gap(double maxRequestsPerSecond) {
    return Duration.ofNanos((long) Math.ceil(1e9 / maxRequestsPerSecond)).plus(MARGIN);
  }
}
