package io.okxexporter.simulator;

import io.okxexporter.model.Endpoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What the exchange serves: the exporter's endpoints, and a few that other clients use. */
enum SimulatedRoute {
  ASSET_VALUATION(Endpoint.ASSET_VALUATION),
  ACCOUNT_CONFIG(Endpoint.ACCOUNT_CONFIG),
  PUBLIC_TIME(Endpoint.PUBLIC_TIME),
  SYSTEM_STATUS(Endpoint.SYSTEM_STATUS),
  ASSET_BILLS(Endpoint.ASSET_BILLS),
  ACCOUNT_BILLS(Endpoint.ACCOUNT_BILLS),
  SUB_ACCOUNT_BILLS(Endpoint.SUB_ACCOUNT_BILLS),
  WITHDRAWAL_HISTORY(Endpoint.WITHDRAWAL_HISTORY),
  FIAT_WITHDRAWALS(Endpoint.FIAT_WITHDRAWALS),
  INDEX_TICKERS(Endpoint.INDEX_TICKERS),
  ASSET_BALANCES("/api/v5/asset/balances", 6, Duration.ofSeconds(1)),
  ACCOUNT_BALANCE("/api/v5/account/balance", 10, Duration.ofSeconds(2)),
  DEPOSIT_HISTORY("/api/v5/asset/deposit-history", 6, Duration.ofSeconds(1));

  private final String path;
  private final int maxRequests;
  private final Duration window;

  SimulatedRoute(Endpoint endpoint) {
    this(endpoint.path(), endpoint.maxRequests(), endpoint.window());
  }

  SimulatedRoute(String path, int maxRequests, Duration window) {
    this.path = path;
    this.maxRequests = maxRequests;
    this.window = window;
  }

  static Optional<SimulatedRoute> of(String path) {
    return Arrays.stream(values()).filter(route -> route.path.equals(path)).findFirst();
  }

  /** The limit of requests in any {@link #window}. */
  int maxRequests() {
    return maxRequests;
  }

  Duration window() {
    return window;
  }
}
