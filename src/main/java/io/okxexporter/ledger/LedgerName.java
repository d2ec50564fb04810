package io.okxexporter.ledger;

import java.util.Locale;

/** The ledgers of OKX that are read. */
public enum LedgerName {
  /** Every change of the funding account. */
  FUNDING,
  /** Withdrawals on chain and to other users, with their stages. */
  WITHDRAWALS,
  /** Withdrawals to banks, with their stages. */
  FIAT;

  /** The label value. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
