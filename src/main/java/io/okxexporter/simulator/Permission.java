package io.okxexporter.simulator;

import java.util.Locale;

/** The permissions of an API key, in the order of OKX's {@code perm}. */
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
