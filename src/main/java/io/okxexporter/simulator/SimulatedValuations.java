package io.okxexporter.simulator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** What is worth how much. Prices and valuations are updated once a second from the start. */
final class SimulatedValuations {
  private static final long TICK_MILLIS = 1_000;
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private final long startMillis;
  private final Market market;
  private final Portfolios portfolios;

  SimulatedValuations(long seed, Instant start, Portfolios portfolios) {
    this.startMillis = start.toEpochMilli();
    this.market = new Market(seed);
    this.portfolios = portfolios;
  }

  /** Returns the response with the valuation of a User ID in a unit. */
  SimulatedResponse of(String uid, String ccy, Instant now) {
    long second = second(now);
    long ts = startMillis + second * TICK_MILLIS;
    Holdings holdings = portfolios.of(uid).holdings(ts);
    Map<Asset, Double> prices = prices(ccy, second);
    Map<Account, String> details = new EnumMap<>(Account.class);
    for (Account account : Account.values()) {
      details.put(account, decimal(holdings.worth(account, prices), ccy));
    }
    return SuccessResponses.valuation(details, decimal(holdings.worth(prices), ccy), ts);
  }

  /** Returns the response with the price of every asset in a unit. */
  SimulatedResponse indexTickers(String quoteCcy, Instant now) {
    long second = second(now);
    return LedgerResponses.indexTickers(
        quoteCcy,
        quoted(quoteCcy, second),
        quoted(quoteCcy, second - DAY_SECONDS),
        startMillis + second * TICK_MILLIS);
  }

  /** Returns the response with the balances of a trading account. */
  SimulatedResponse tradingBalance(Map<Asset, Long> amounts, Instant now) {
    Map<Asset, BigDecimal> worth = new EnumMap<>(Asset.class);
    prices("USD", second(now))
        .forEach((asset, price) -> worth.put(asset, worth(amounts.getOrDefault(asset, 0L), price)));
    return LedgerResponses.tradingBalance(amounts, worth, now.toEpochMilli());
  }

  private static BigDecimal worth(long amount, double price) {
    return Asset.units(amount)
        .multiply(BigDecimal.valueOf(price))
        .setScale(Asset.PLACES, RoundingMode.HALF_EVEN);
  }

  private long second(Instant now) {
    return Math.floorDiv(now.toEpochMilli() - startMillis, TICK_MILLIS);
  }

  /** A unit has no price in itself. */
  private Map<Asset, BigDecimal> quoted(String quoteCcy, long second) {
    Map<Asset, BigDecimal> quoted = new EnumMap<>(Asset.class);
    prices(quoteCcy, second)
        .forEach(
            (asset, price) ->
                quoted.put(
                    asset,
                    BigDecimal.valueOf(price).round(new MathContext(8)).stripTrailingZeros()));
    quoted.keySet().removeIf(asset -> asset.name().equals(quoteCcy));
    return quoted;
  }

  private Map<Asset, Double> prices(String ccy, long second) {
    double unit = market.price(ccy, second);
    Map<Asset, Double> prices = new EnumMap<>(Asset.class);
    for (Asset asset : Asset.values()) {
      prices.put(asset, market.price(asset.name(), second) / unit);
    }
    return prices;
  }

  /** Formats a value as OKX does: plain, without trailing zeros. */
  private static String decimal(double value, String ccy) {
    int places = ccy.equals("BTC") ? 8 : 2;
    long unscaled = Math.round(value * Math.pow(10, places));
    return BigDecimal.valueOf(unscaled, places).stripTrailingZeros().toPlainString();
  }
}
