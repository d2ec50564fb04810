package io.okxexporter.tools.alertquality;

import io.okxexporter.model.Reason;
import org.jspecify.annotations.Nullable;

/** What can happen, to the money, to the market and to those who ask. */
enum IncidentType {
  /** Money leaves for good. */
  WITHDRAWAL,
  DEPOSIT,
  /** Between a user's own accounts. */
  TRANSFER,
  /** To or from another member of the same fund; negative for who gives. */
  SUB_TRANSFER,
  /** Into earn, and out of the total for up to five minutes. */
  SUBSCRIPTION,
  /** Bitcoin, and with it the others. */
  MOVE,
  /** The smaller coins alone. */
  ALT_MOVE,
  LIQUIDATION,
  /** OKX answers nobody. */
  OUTAGE(Reason.UNAVAILABLE, "50001"),
  /** One unit of one user fails. */
  UNIT_FAILING(Reason.TIMEOUT, null),
  KEY_REFUSED(Reason.AUTH, "50105"),
  /** OKX's edge refuses the exporter's address. */
  ADDRESS_BLOCKED(Reason.BLOCKED, null),
  RATE_LIMITED(Reason.RATE_LIMITED, "50011"),
  /** OKX's answers are older than they should be. */
  LATE,
  /** OKX answers the same again and again. */
  FROZEN,
  /** The exporter starts anew; scrapes in between find nobody. */
  RESTART,
  /** It starts anew under another name; the old one may stay for a while. */
  RENAME,
  /** Scrapes that fail. */
  MISSING_SCRAPES,
  /** Prometheus does not know of the exporter. */
  NOT_SCRAPED,
  /** The clock of the exporter's machine is off. */
  CLOCK_OFF,
  /** A key may do more than read. */
  TRADING_KEY,
  /** The exporter runs as one of two replicas, and the other one does not. */
  LONE_REPLICA,
  /** Nobody asks for a user: it belongs to the replica that does not run. */
  NOT_HELD,
  /** Prices took over a tenth within an hour. */
  MARKET_LOSS,
  /** Prices took nearly a tenth of the best of an hour. */
  MARKET_DIP,
  /** Prices took over a quarter of what there was within a day. */
  DRAWDOWN,
  /** Prices took nearly a quarter since the best time. */
  BELOW_PEAK,
  /** Of an account that held over a twentieth an hour ago next to nothing is left. */
  EMPTIED,
  /** A user is worth less than it wants to be told of. */
  BELOW_FLOOR;

  /** Why asking fails while it lasts. */
  final @Nullable Reason failure;

  /** OKX's code for it. */
  final @Nullable String code;

  IncidentType() {
    this(null, null);
  }

  IncidentType(@Nullable Reason failure, @Nullable String code) {
    this.failure = failure;
    this.code = code;
  }
}
