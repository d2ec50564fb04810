package io.okxexporter.tools.alertquality;

import io.okxexporter.model.Reason;
import org.jspecify.annotations.Nullable;

/** The kinds of events that affect the money, the market and the clients of OKX. */
enum IncidentType {
  /** Money leaves for good. */
  WITHDRAWAL,
  DEPOSIT,
  /** A transfer between a user's own accounts. */
  TRANSFER,
  /** A transfer to or from another member of the same fund; negative for the sender. */
  SUB_TRANSFER,
  /** A move to earn, missing from the total for up to five minutes. */
  SUBSCRIPTION,
  /** A price move of bitcoin, followed by the other coins. */
  MOVE,
  /** A price move of the smaller coins alone. */
  ALT_MOVE,
  LIQUIDATION,
  /** OKX fails every request. */
  OUTAGE(Reason.UNAVAILABLE, "50001"),
  /** One unit of one user fails. */
  UNIT_FAILING(Reason.TIMEOUT, null),
  KEY_REFUSED(Reason.AUTH, "50105"),
  /** OKX's edge blocks the exporter's address. */
  ADDRESS_BLOCKED(Reason.BLOCKED, null),
  RATE_LIMITED(Reason.RATE_LIMITED, "50011"),
  /** OKX's valuations are older than usual. */
  LATE,
  /** OKX repeats the same valuation. */
  FROZEN,
  /** The exporter restarts; scrapes in between fail. */
  RESTART,
  /** The exporter restarts under another name; the old process may keep running for a while. */
  RENAME,
  /** Scrapes fail. */
  MISSING_SCRAPES,
  /** Prometheus has no target for the exporter. */
  NOT_SCRAPED,
  /** The clock of the exporter's machine is off. */
  CLOCK_OFF,
  /** A key may do more than read. */
  TRADING_KEY,
  /** The exporter runs as one of two replicas, without the other. */
  LONE_REPLICA,
  /** A user is not polled, since it is assigned to the missing replica. */
  NOT_HELD,
  /** Prices cost over a tenth within an hour. */
  MARKET_LOSS,
  /** Prices cost nearly a tenth of the last hour's peak. */
  MARKET_DIP,
  /** Prices cost over a quarter of the last day's peak. */
  DRAWDOWN,
  /** Prices cost nearly a quarter of the peak so far. */
  BELOW_PEAK,
  /** An account with over a twentieth of all an hour ago is almost empty. */
  EMPTIED,
  /** A user is worth less than its configured floor. */
  BELOW_FLOOR;

  /** The reason of failed requests during the incident. */
  final @Nullable Reason failure;

  /** OKX's error code of those failures. */
  final @Nullable String code;

  IncidentType() {
    this(null, null);
  }

  IncidentType(@Nullable Reason failure, @Nullable String code) {
    this.failure = failure;
    this.code = code;
  }
}
