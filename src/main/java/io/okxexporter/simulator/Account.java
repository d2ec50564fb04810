package io.okxexporter.simulator;

import java.util.Locale;

/** The accounts that hold a user's assets, in the order of OKX's {@code details}. */
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
