package io.okxexporter.tools.alertquality;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * The price of each coin at every second: a random walk per minute, overlaid with crashes and
 * rallies. Coins move together according to {@link Coin#beta}.
 */
final class Prices {
  private static final double MINUTES_PER_YEAR = 365.25 * 1440;

  private final Map<Coin, double[]> logarithms = new EnumMap<>(Coin.class);

  /**
   * @param moves crashes and rallies. The size of a move is the relative change of bitcoin's price,
   *     which the others follow, or of the smaller coins' price alone.
   */
  Prices(SplittableRandom random, int minutes, List<Incident> moves) {
    double[] market = walk(random, minutes, Coin.BTC.volatility);
    for (Coin coin : Coin.values()) {
      logarithms.put(coin, path(coin, random, market));
    }
    moves.forEach(this::lay);
  }

  private static double[] path(Coin coin, SplittableRandom random, double[] market) {
    double[] own =
        switch (coin) {
          case BTC -> new double[market.length];
          case USDT, USDC -> peg(random, market.length);
          case ETH, ALT, EUR -> walk(random, market.length - 1, coin.volatility);
        };
    Arrays.setAll(own, minute -> Math.log(coin.usd) + own[minute] + coin.beta * market[minute]);
    return own;
  }

  private static double[] walk(SplittableRandom random, int minutes, double volatility) {
    double[] walk = new double[minutes + 1];
    for (int minute = 1; minute < walk.length; minute++) {
      walk[minute] =
          walk[minute - 1] + random.nextGaussian() * volatility / Math.sqrt(MINUTES_PER_YEAR);
    }
    return walk;
  }

  /** A stablecoin deviates by about a thousandth and reverts within hours. */
  private static double[] peg(SplittableRandom random, int length) {
    double[] peg = new double[length];
    for (int minute = 1; minute < length; minute++) {
      peg[minute] = 0.99 * peg[minute - 1] + random.nextGaussian() * 0.000_15;
    }
    return peg;
  }

  private void lay(Incident move) {
    for (Coin coin : Coin.values()) {
      double alone = coin == Coin.ALT ? 1 : 0;
      double beta = move.type() == IncidentType.MOVE ? coin.beta : alone;
      lay(move, path(coin), beta * Math.log1p(move.size()));
    }
  }

  private static void lay(Incident move, double[] path, double change) {
    for (int minute = (int) (move.from() / 60); minute < path.length; minute++) {
      double part = (60.0 * minute - move.from()) / (move.until() - move.from());
      path[minute] += change * Math.min(1, Math.max(0, part));
    }
  }

  private double[] path(Coin coin) {
    return Objects.requireNonNull(logarithms.get(coin));
  }

  double usd(Coin coin, double second) {
    double[] path = path(coin);
    double minute = Math.min(Math.max(0, second / 60), path.length - 1.001);
    int before = (int) minute;
    double part = minute - before;
    return Math.exp(path[before] * (1 - part) + path[before + 1] * part);
  }
}
