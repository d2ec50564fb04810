package io.okxexporter.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The valuation of every User ID. The data is updated once a second, counted from the start. */
final class SimulatedValuations {
  private static final long TICK_MILLIS = 1_000;

  private final long seed;
  private final long startMillis;
  private final Market market;
  private final Map<String, Portfolio> portfolios = new HashMap<>();

  SimulatedValuations(long seed, Instant start) {
    this.seed = seed;
    this.startMillis = start.toEpochMilli();
    this.market = new Market(seed);
  }

  /** Returns the response with the valuation of a User ID in a unit. */
  SimulatedResponse of(String uid, String ccy, Instant now) {
    long second = Math.floorDiv(now.toEpochMilli() - startMillis, TICK_MILLIS);
    Holdings holdings = portfolios.computeIfAbsent(uid, this::portfolio).at(second);
    Map<Asset, Double> prices = prices(ccy, second);
    Map<Account, String> details = new EnumMap<>(Account.class);
    for (Account account : Account.values()) {
      details.put(account, decimal(holdings.worth(account, prices), ccy));
    }
    String total = decimal(holdings.worth(prices), ccy);
    return SuccessResponses.valuation(details, total, startMillis + second * TICK_MILLIS);
  }

  private Map<Asset, Double> prices(String ccy, long second) {
    double unit = market.price(ccy, second);
    Map<Asset, Double> prices = new EnumMap<>(Asset.class);
    for (Asset asset : Asset.values()) {
      prices.put(asset, market.price(asset.name(), second) / unit);
    }
    return prices;
  }

  private Portfolio portfolio(String uid) {
    return new Portfolio(new SplittableRandom(seed + uid.hashCode()).nextLong());
  }

  /** Formats a value as OKX does: plain, without trailing zeros. */
  private static String decimal(double value, String ccy) {
    int places = ccy.equals("BTC") ? 8 : 2;
    long unscaled = Math.round(value * Math.pow(10, places));
    return BigDecimal.valueOf(unscaled, places).stripTrailingZeros().toPlainString();
  }
}
