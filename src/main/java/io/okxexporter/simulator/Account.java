package io.okxexporter.simulator;

import java.util.Locale;

/** Where a user's assets are, in the order in which OKX's {@code details} names it. */
enum Account {
  CLASSIC,
  EARN,
  FUNDING,
  TRADING;

  /** OKX's name for it. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
