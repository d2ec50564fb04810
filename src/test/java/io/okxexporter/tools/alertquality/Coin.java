package io.okxexporter.tools.alertquality;

/**
 * The coins that can be held and how their prices move. Prices and volatilities are plausible, not
 * looked up.
 */
enum Coin {
  BTC(95_000, 0.5, 1),
  ETH(3_200, 0.3, 1.15),
  /**
   * Represents all smaller coins: it amplifies bitcoin's moves and also has large moves of its own.
   */
  ALT(2.5, 0.7, 1.4),
  EUR(1.16, 0.07, 0.02),
  USDT(1, 0, 0),
  USDC(1, 0, 0);

  /** The initial price in USD. */
  final double usd;

  /** The annual standard deviation of the part of its log price that is independent of bitcoin. */
  final double volatility;

  /** Its log return per log return of bitcoin. */
  final double beta;

  Coin(double usd, double volatility, double beta) {
    this.usd = usd;
    this.volatility = volatility;
    this.beta = beta;
  }
}
