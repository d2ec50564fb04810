package io.okxexporter.ledger;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.reverseOrder;

import io.okxexporter.model.Bill;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one ledger, and which page to request next. A round reads back to {@link
 * #LATE_BY} before the newest known bill, and once an hour the whole window. What it read replaces
 * what was known of that span, so that a ledger that forgets is followed. Times are OKX's.
 */
final class Ledger {
  /** How far back a ledger is read: a fee may be read with a withdrawal before the window. */
  static final Duration WINDOW = FlowSummary.WINDOW.plus(FlowGroups.FEE_WITHIN);

  /** How far behind the newest bill late ones appear in the next round. */
  static final Duration LATE_BY = Duration.ofMinutes(30);

  /** How often the whole window is read. */
  static final Duration WHOLE_EVERY = Duration.ofHours(1);

  private final boolean byId;
  private final Map<String, Bill> bills = new HashMap<>();
  private final NavigableSet<Instant> gaps = new TreeSet<>();
  private @Nullable Instant newest;
  private @Nullable Instant wholeFrom;
  private Instant began = Instant.MIN;
  private Instant windowStart = Instant.MIN;
  private Instant keptFrom = Instant.MIN;
  private @Nullable Instant readUntil;
  private boolean readsWhole;
  private @Nullable LedgerRound round;

  private Ledger(boolean byId) {
    this.byId = byId;
  }

  /** A ledger that OKX pages by {@code ts}. */
  static Ledger byTime() {
    return new Ledger(false);
  }

  /** A ledger that OKX pages by {@code billId}. */
  static Ledger byId() {
    return new Ledger(true);
  }

  /** Begins a round. */
  void begin(Instant nowOkx) {
    began = nowOkx;
    windowStart = windowStart(nowOkx);
    readsWhole = isWholeDue(nowOkx);
    round = new LedgerRound(byId, wholeFrom == null ? windowStart : recentStart());
  }

  /** Ends the round after a failure: what was known stays, and the next round begins again. */
  void abandon() {
    round = null;
  }

  /** Whether a round is in progress. */
  boolean isReading() {
    return round != null;
  }

  /** The round's next page is of the bills before this instant; null for the newest. */
  @Nullable Instant before() {
    return round == null ? null : round.before();
  }

  /** The same where OKX pages by id: of the bills before the one with this id. */
  @Nullable String after() {
    return round == null ? null : round.after();
  }

  /**
   * Takes the requested page of the round in progress. A round that reads the whole window is
   * complete twice, so that its length does not delay the recent bills.
   *
   * @return whether a span is complete, so that what is known may have changed
   */
  boolean page(List<Bill> page) {
    LedgerRound reading = round;
    if (reading == null) {
      throw new IllegalStateException("no round is in progress");
    }
    reading.page(page);
    if (!reading.isOver()) {
      return false;
    }
    replace(reading);
    if (readsWhole) {
      reading.readOnTo(windowStart);
    }
    if (reading.isOver()) {
      end(reading);
    }
    return true;
  }

  private void end(LedgerRound ended) {
    if (readsWhole || !ended.readTo().isAfter(windowStart)) {
      wholeFrom = windowStart;
    }
    round = null;
  }

  private void replace(LedgerRound by) {
    bills.values().removeIf(bill -> !bill.at().isBefore(by.readTo()));
    bills.putAll(by.bills());
    gaps.tailSet(by.readTo(), true).clear();
    gaps.addAll(by.gaps());
    readUntil = began;
    dropOld();
    // A bill in the future says nothing about those of the present.
    newest =
        bills.values().stream()
            .map(Bill::at)
            .filter(at -> !at.isAfter(began))
            .max(naturalOrder())
            .orElse(null);
  }

  private void dropOld() {
    keptFrom = windowStart;
    bills.values().removeIf(bill -> bill.at().isBefore(keptFrom));
    gaps.headSet(keptFrom).clear();
    if (bills.size() > LedgerRound.MAX_BILLS) {
      List<Bill> surplus =
          bills.values().stream()
              .sorted(comparing(Bill::at, reverseOrder()))
              .skip(LedgerRound.MAX_BILLS)
              .toList();
      gaps.add(surplus.get(0).at());
      surplus.forEach(bill -> bills.remove(bill.id()));
    }
  }

  /**
   * Whether the next round reads the whole window; also after the clock was set back, so that the
   * window begins earlier than what was kept.
   */
  boolean isWholeDue(Instant nowOkx) {
    Instant start = windowStart(nowOkx);
    return wholeFrom == null
        || start.isBefore(keptFrom)
        || !start.isBefore(wholeFrom.plus(WHOLE_EVERY));
  }

  private static Instant windowStart(Instant nowOkx) {
    return nowOkx.truncatedTo(ChronoUnit.MILLIS).minus(WINDOW);
  }

  private Instant recentStart() {
    if (newest == null) {
      return windowStart;
    }
    Instant start = newest.minus(LATE_BY);
    return start.isBefore(windowStart) ? windowStart : start;
  }

  /** Whether the whole window was read once. */
  boolean isKnown() {
    return wholeFrom != null;
  }

  /** When the last round began that read the recent bills; null before the first one. */
  @Nullable Instant readUntil() {
    return readUntil;
  }

  /** Whether bills at or after the given instant may be missing although they were requested. */
  boolean isIncompleteSince(Instant start) {
    return !gaps.tailSet(start, true).isEmpty();
  }

  /** The known bills. */
  Collection<Bill> bills() {
    return bills.values();
  }

  /** Their {@code billId}s. */
  Set<String> ids() {
    return bills.keySet();
  }

  /** Forgets bills that another ledger holds as well, until a round reads them again. */
  void forget(Set<String> ids) {
    bills.keySet().removeAll(ids);
  }
}
