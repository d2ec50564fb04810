package io.okxexporter.simulator;

/** The assets that a user may own, by their names in {@link Market}. */
enum Asset {
  BTC,
  ETH,
  USDT
}
