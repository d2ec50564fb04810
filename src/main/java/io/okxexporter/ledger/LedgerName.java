package io.okxexporter.ledger;

import io.okxexporter.model.Reason;
import java.util.Locale;

/** The ledgers of OKX that are read. */
public enum LedgerName {
  /** Every change of the funding account. */
  FUNDING,
  /** Transfers into and out of the trading account. */
  TRADING,
  /** Transfers between a main account and its sub-accounts. */
  SUBACCOUNT,
  /** Withdrawals on chain and to other users, with their stages. */
  WITHDRAWALS,
  /** Withdrawals to banks, with their stages. */
  FIAT;

  /**
   * Whether OKX may mean that it does not offer a ledger to this user; which error says so is not
   * documented.
   */
  public static boolean isNotOffered(Reason reason) {
    return switch (reason) {
      case BAD_REQUEST, UNKNOWN, ACCOUNT, WRONG_ENVIRONMENT -> true;
      case RATE_LIMITED, UNAVAILABLE, AUTH, IP_NOT_ALLOWED, BLOCKED, CLOCK -> false;
      case MALFORMED, TIMEOUT, NETWORK -> false;
    };
  }

  /** The label value. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
