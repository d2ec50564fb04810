package io.okxexporter.simulator;

import java.math.BigDecimal;

/** The assets that a user may own, by their names in {@link Market}. */
enum Asset {
  BTC("BTC-Bitcoin", 1_000, 10_000),
  ETH("ETH-ERC20", 10_000, 100_000),
  USDT("USDT-TRC20", 1_000_000, 100_000_000);

  /** Amounts are whole multiples of 10⁻⁸. */
  static final int PLACES = 8;

  private final String chain;
  private final long step;
  private final long fee;

  Asset(String chain, long step, long fee) {
    this.chain = chain;
    this.step = step;
    this.fee = fee;
  }

  /** OKX's name of the network it is deposited and withdrawn on. */
  String chain() {
    return chain;
  }

  /** The fee of a withdrawal. */
  long fee() {
    return fee;
  }

  /** Rounds an amount down to a plausible number of decimals. */
  long rounded(long amount) {
    return amount - amount % step;
  }

  /** Returns an amount in units of the asset. */
  static BigDecimal units(long amount) {
    return BigDecimal.valueOf(amount, PLACES);
  }

  /** Formats an amount as OKX does: plain, without trailing zeros. */
  static String plain(BigDecimal units) {
    return units.signum() == 0 ? "0" : units.stripTrailingZeros().toPlainString();
  }
}
