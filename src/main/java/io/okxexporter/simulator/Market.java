package io.okxexporter.simulator;

import static java.util.Map.entry;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The price of each asset and unit per second: geometric random walks from invented, plausible
 * first prices. Coins dip once, soon after the start. A pure function of seed, name and second.
 */
final class Market {
  private static final double SECONDS_PER_YEAR = 365.25 * 86_400;
  private static final double STEADY = 0.002;
  private static final double FIAT = 0.08;

  /** A newcomer sees the market move: after a while, coins fall by so much for an hour. */
  private static final double DIP = 0.05;

  private static final long DIP_BEGINS = Duration.ofMinutes(5).toSeconds();
  private static final Set<String> COINS = Set.of("BTC", "ETH");

  /** OKX's 20 units, and the other asset of the portfolios. */
  private static final Map<String, Quote> QUOTES =
      Map.ofEntries(
          entry("BTC", new Quote(95_000, 0.5)),
          entry("ETH", new Quote(3_200, 0.65)),
          entry("USDT", new Quote(1, STEADY)),
          entry("USD", new Quote(1, 0)),
          entry("CNY", new Quote(0.141, FIAT)),
          entry("JPY", new Quote(0.0066, FIAT)),
          entry("KRW", new Quote(0.0007, FIAT)),
          entry("RUB", new Quote(0.0125, FIAT)),
          entry("EUR", new Quote(1.16, FIAT)),
          entry("VND", new Quote(0.000038, FIAT)),
          entry("IDR", new Quote(0.00006, FIAT)),
          entry("INR", new Quote(0.0113, FIAT)),
          entry("PHP", new Quote(0.0171, FIAT)),
          entry("THB", new Quote(0.0306, FIAT)),
          entry("TRY", new Quote(0.0237, FIAT)),
          entry("AUD", new Quote(0.65, FIAT)),
          entry("SGD", new Quote(0.77, FIAT)),
          entry("ARS", new Quote(0.00069, FIAT)),
          entry("SAR", new Quote(0.2667, STEADY)),
          entry("AED", new Quote(0.2723, STEADY)),
          entry("IQD", new Quote(0.000763, STEADY)));

  private final Map<String, RandomWalk> walks = new TreeMap<>();

  Market(long seed) {
    SplittableRandom seeds = new SplittableRandom(seed);
    QUOTES.keySet().stream()
        .sorted()
        .forEach(name -> walks.put(name, new RandomWalk(seeds.nextLong())));
  }

  /** Whether OKX values accounts in this unit. */
  static boolean isUnit(String ccy) {
    return QUOTES.containsKey(ccy) && !ccy.equals("ETH");
  }

  /** Price of one, in USD, before the first second. */
  static double firstPrice(String name) {
    return quote(name).usd();
  }

  /**
   * Price of one, in USD.
   *
   * @param second since the start of the exchange
   */
  double price(String name, long second) {
    RandomWalk walk = walks.get(name);
    if (walk == null) {
      throw new IllegalArgumentException("no price: " + name);
    }
    Quote quote = quote(name);
    double deviation = quote.volatility() / Math.sqrt(SECONDS_PER_YEAR);
    return quote.usd()
        * Math.exp(deviation * walk.at(second))
        * (COINS.contains(name) ? dip(second) : 1);
  }

  /** Linear down within a minute, and up again within an hour. */
  private static double dip(long second) {
    double down = (second - DIP_BEGINS) / 60.0;
    double up = (second - DIP_BEGINS - 60) / 3600.0;
    return 1 - DIP * Math.max(0, Math.min(down, 1 - up));
  }

  private static Quote quote(String name) {
    Quote quote = QUOTES.get(name);
    if (quote == null) {
      throw new IllegalArgumentException("no price: " + name);
    }
    return quote;
  }

  /**
   * The first price and its volatility.
   *
   * @param usd first price
   * @param volatility standard deviation of its logarithm after a year
   */
  private record Quote(double usd, double volatility) {}
}
