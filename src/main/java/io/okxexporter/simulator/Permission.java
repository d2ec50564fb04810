package io.okxexporter.simulator;

import java.util.Locale;

/** What a key may do, in the order in which OKX's {@code perm} names it. */
public enum Permission {
  /** See balances and settings. */
  READ_ONLY,
  /** Move assets out. */
  WITHDRAW,
  /** Place orders and move assets within. */
  TRADE;

  /** OKX's name for it. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
