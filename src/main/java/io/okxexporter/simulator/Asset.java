package io.okxexporter.simulator;

/** What a user may own; the names are the market's. */
enum Asset {
  BTC,
  ETH,
  USDT
}
