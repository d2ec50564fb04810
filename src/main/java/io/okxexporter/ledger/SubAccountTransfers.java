package io.okxexporter.ledger;

import io.okxexporter.model.Bill;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The transfers between one User ID and others of its owner. A main account has a ledger that
 * states them. Otherwise those that touch no funding account are inferred: what the trading account
 * gained or lost without a half in the funding account. Pure; times are OKX's.
 */
final class SubAccountTransfers {
  /** How long a half may be awaited before its absence means something. */
  static final Duration SETTLED_AFTER = Duration.ofMinutes(10);

  /** How long the ledger that states them may fail before the funding ledger stands in. */
  static final Duration STATED_WITHIN = Duration.ofMinutes(5);

  /**
   * More than the two bills of one transfer differ in time, so that both are told by one ledger.
   */
  private static final Duration SKEW = Duration.ofSeconds(1);

  /** In and out. OKX has other transfers of the trading account, which are no flows. */
  private static final Set<String> TRADING_TYPES = Set.of("11", "12");

  /** The funding account's bills of what the main account's own ledger states. */
  private static final Set<String> STATED_TYPES = Set.of("20", "21");

  private final Ledger stated = Ledger.byTime();
  private final Ledger trading = Ledger.byId();
  private final boolean sub;
  private boolean refused;
  private @Nullable Instant failingSince;

  /**
   * @param sub whether the User ID is a sub-account, which has no ledger that states them
   */
  SubAccountTransfers(boolean sub) {
    this.sub = sub;
  }

  /** The ledger of a main account that states them. */
  Ledger stated() {
    return stated;
  }

  /** The transfers of the trading account. */
  Ledger trading() {
    return trading;
  }

  /** The ledger that states them could be read. */
  void succeeded() {
    refused = false;
    failingSince = null;
  }

  /** The ledger that states them could not be read. */
  void failed(Instant nowOkx) {
    failingSince = failingSince == null ? nowOkx : failingSince;
  }

  /** OKX does not offer this User ID the ledger that states them. */
  void refused() {
    refused = true;
  }

  /** Whether a bill of the funding account is told by {@link #bills} instead. */
  boolean replaces(Bill funding, Instant nowOkx) {
    return STATED_TYPES.contains(funding.type()) && isStated(funding.at(), nowOkx);
  }

  /** Whether the ledger that states transfers says what there was at an instant, or soon will. */
  private boolean isStated(Instant at, Instant nowOkx) {
    return !sub && !stated.isIncompleteSince(at.minus(SKEW)) && !(fails(nowOkx) && isUnread(at));
  }

  private boolean fails(Instant nowOkx) {
    return refused || (failingSince != null && failingSince.isBefore(nowOkx.minus(STATED_WITHIN)));
  }

  private boolean isUnread(Instant at) {
    Instant until = stated.readUntil();
    return until == null || at.isAfter(until);
  }

  /**
   * Whether transfers at or after the given instant may be missing although they were requested.
   */
  boolean isIncompleteSince(Instant start) {
    return stated.isIncompleteSince(start) || trading.isIncompleteSince(start);
  }

  /**
   * The transfers that are known besides those of the funding ledger.
   *
   * @param moves the funding account's bills of transfers to and from the trading account
   * @param funding the ledger that holds them
   */
  List<Bill> bills(Collection<Bill> moves, Ledger funding, Instant nowOkx) {
    return Stream.concat(
            stated.bills().stream().filter(bill -> isStated(bill.at(), nowOkx)),
            inferred(moves, funding).filter(bill -> !isStated(bill.at(), nowOkx)))
        .toList();
  }

  private Stream<Bill> inferred(Collection<Bill> moves, Ledger funding) {
    Instant tradingUntil = trading.readUntil();
    Instant fundingUntil = funding.readUntil();
    if (tradingUntil == null || fundingUntil == null) {
      return Stream.empty();
    }
    Instant until = tradingUntil.isBefore(fundingUntil) ? tradingUntil : fundingUntil;
    List<Bill> halves =
        trading.bills().stream().filter(bill -> TRADING_TYPES.contains(bill.type())).toList();
    return TransferHalves.unpaired(halves, moves).stream()
        .filter(bill -> !bill.at().isAfter(until.minus(SETTLED_AFTER)))
        .filter(bill -> !funding.isIncompleteSince(bill.at().minus(TransferHalves.WITHIN)));
  }
}
