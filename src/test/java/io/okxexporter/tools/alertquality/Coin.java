package io.okxexporter.tools.alertquality;

/**
 * What can be owned, and how its price moves; prices and volatilities are plausible, not looked up.
 */
enum Coin {
  BTC(95_000, 0.5, 1),
  ETH(3_200, 0.3, 1.15),
  /** Stands for any smaller coin: it follows bitcoin, exaggerates, and has days of its own. */
  ALT(2.5, 0.7, 1.4),
  EUR(1.16, 0.07, 0.02),
  USDT(1, 0, 0),
  USDC(1, 0, 0);

  /** The first price in USD. */
  final double usd;

  /** Standard deviation of the part of its logarithm that is its own, after a year. */
  final double volatility;

  /** By how much of bitcoin's move it moves. */
  final double beta;

  Coin(double usd, double volatility, double beta) {
    this.usd = usd;
    this.volatility = volatility;
    this.beta = beta;
  }
}
