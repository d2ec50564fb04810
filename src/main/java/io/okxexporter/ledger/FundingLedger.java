package io.okxexporter.ledger;

import io.okxexporter.model.Bill;
import io.okxexporter.model.BillClass;
import io.okxexporter.model.FlowKind;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a user's funding account: OKX's default one, and those of further custody
 * providers, which are read while they are known to hold anything else, and once an hour. The
 * caller sends one request at a time: what {@link #next} returns, whose outcome it passes to {@link
 * #page} or {@link #failed}, at once while a round is in progress. Times are OKX's.
 */
final class FundingLedger {
  /** Komainu and SCB; OKX's default includes Copper. */
  private static final List<String> PROVIDERS = List.of("2", "5");

  /** When a provider is requested again that OKX refused. */
  private static final Duration RETRY_REFUSED = Duration.ofHours(1);

  /** How long it counts as known what a provider holds: two of its hourly readings. */
  private static final Duration KNOWN_FOR = Duration.ofHours(2).plusMinutes(5);

  private final BillTypes types;
  private final SubAccountTransfers transfers;
  private final Provider main = new Provider(null);
  private final List<Provider> providers = PROVIDERS.stream().map(Provider::new).toList();
  private final Queue<Provider> unread = new ArrayDeque<>();
  private @Nullable Provider current;

  /**
   * A page to request.
   *
   * @param provider OKX's number of the custody provider; null for OKX's default
   * @param before only bills with an earlier {@code ts}; null for the newest
   */
  record PageQuery(@Nullable String provider, @Nullable Instant before) {}

  private static final class Provider {
    private final @Nullable String provider;
    private final Ledger ledger = Ledger.byTime();
    private @Nullable Instant refusedAt;
    private @Nullable Instant readAt;

    Provider(@Nullable String provider) {
      this.provider = provider;
    }

    boolean isWanted(Instant nowOkx) {
      boolean refused = isWithin(RETRY_REFUSED, refusedAt, nowOkx);
      return !refused && (ledger.isWholeDue(nowOkx) || !ledger.bills().isEmpty());
    }

    /** Whether it is known what it holds; nothing, if OKX refuses it. */
    boolean isKnown(Instant nowOkx) {
      return isWithin(KNOWN_FOR, readAt, nowOkx) || isWithin(KNOWN_FOR, refusedAt, nowOkx);
    }

    private static boolean isWithin(Duration limit, @Nullable Instant at, Instant nowOkx) {
      return at != null && Duration.between(at, nowOkx).abs().compareTo(limit) < 0;
    }
  }

  /**
   * @param transfers what else is known of transfers between User IDs
   */
  FundingLedger(BillTypes types, SubAccountTransfers transfers) {
    this.types = types;
    this.transfers = transfers;
  }

  /** Whether a round is in progress; if not, {@link #next} begins one. */
  boolean isReading() {
    return current != null;
  }

  /** The page to request now. */
  PageQuery next(Instant nowOkx) {
    Provider source = current;
    if (source == null) {
      unread.clear();
      unread.addAll(providers);
      source = begin(main, nowOkx);
    }
    return new PageQuery(source.provider, source.ledger.before());
  }

  private Provider begin(Provider source, Instant nowOkx) {
    source.ledger.begin(nowOkx);
    current = source;
    return source;
  }

  /**
   * Takes the requested page.
   *
   * @return whether {@link #flows} may have changed
   */
  boolean page(List<Bill> page, Instant nowOkx) {
    Provider source = reading();
    boolean complete = source.ledger.page(page);
    if (complete && source != main) {
      source.ledger.forget(main.ledger.ids());
    }
    if (!source.ledger.isReading()) {
      source.readAt = nowOkx;
      readNext(nowOkx);
    }
    return complete;
  }

  /**
   * Takes the failure of the requested page. It ends the round, except that of a custody provider,
   * whose bills are then as of before.
   *
   * @return whether it ended the round
   */
  boolean failed(Failure<?> failure, Instant nowOkx) {
    Provider source = reading();
    source.ledger.abandon();
    if (source == main) {
      current = null;
      return true;
    }
    if (failure.code() != null && isRefusal(failure.reason())) {
      source.refusedAt = nowOkx;
    }
    readNext(nowOkx);
    return false;
  }

  /** Whether OKX rejects the provider itself, which the user then has nothing with. */
  private static boolean isRefusal(Reason reason) {
    return reason == Reason.BAD_REQUEST
        || reason == Reason.WRONG_ENVIRONMENT
        || reason == Reason.UNKNOWN;
  }

  private Provider reading() {
    if (current == null) {
      throw new IllegalStateException("no page was requested");
    }
    return current;
  }

  private void readNext(Instant nowOkx) {
    current = null;
    while (current == null && !unread.isEmpty()) {
      Provider source = unread.remove();
      if (source.isWanted(nowOkx)) {
        begin(source, nowOkx);
      }
    }
  }

  /**
   * What came and left; empty before the default ledger was read once. Counts are unknown where
   * bills may be missing: all of them if OKX cannot state every bill, those of custody until its
   * providers were read.
   */
  Optional<FlowSummary> flows(Instant nowOkx) {
    return main.ledger.isKnown()
        ? Optional.of(withKnownCounts(summary(nowOkx), nowOkx))
        : Optional.empty();
  }

  private FlowSummary summary(Instant nowOkx) {
    Map<String, Bill> bills = new HashMap<>();
    ledgers().forEach(ledger -> ledger.bills().forEach(bill -> bills.putIfAbsent(bill.id(), bill)));
    List<Bill> moves =
        bills.values().stream().filter(bill -> types.classOf(bill) == BillClass.TRANSFER).toList();
    bills.values().removeIf(bill -> isToldElsewhere(bill, nowOkx));
    return FlowGroups.summarize(
        bills.values(), transfers.bills(moves, main.ledger, nowOkx), types, nowOkx);
  }

  private boolean isToldElsewhere(Bill bill, Instant nowOkx) {
    return types.classOf(bill) == BillClass.SUB_ACCOUNT && transfers.replaces(bill, nowOkx);
  }

  private FlowSummary withKnownCounts(FlowSummary summary, Instant nowOkx) {
    Instant start = nowOkx.minus(FlowSummary.WINDOW);
    if (ledgers().anyMatch(ledger -> ledger.isIncompleteSince(start))) {
      return new FlowSummary(summary.flows(), Map.of(), summary.moves());
    }
    boolean knowsCustody = providers.stream().allMatch(each -> each.isKnown(nowOkx));
    FlowSummary known = knowsCustody ? summary : summary.withoutCountsOf(FlowKind.CUSTODY);
    return transfers.isIncompleteSince(start) ? known.withoutCountsOf(FlowKind.SUB_ACCOUNT) : known;
  }

  private Stream<Ledger> ledgers() {
    return Stream.concat(Stream.of(main), providers.stream()).map(source -> source.ledger);
  }
}
