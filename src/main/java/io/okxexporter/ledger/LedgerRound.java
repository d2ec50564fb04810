package io.okxexporter.ledger;

import static java.util.Comparator.naturalOrder;

import io.okxexporter.model.Bill;
import io.okxexporter.model.LedgerApi;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a ledger, page by page from its newest bill to the past. Each page moves {@link
 * #readTo} back, or {@link #after} where the ledger pages by id; else it ends the round.
 */
final class LedgerRound {
  /** The most bills of a ledger that are kept. */
  static final int MAX_BILLS = 20_000;

  /** Twice what a ledger of so many bills needs. */
  static final int MAX_PAGES = 2 * MAX_BILLS / LedgerApi.PAGE_SIZE;

  private static final Duration TICK = Duration.ofMillis(1);

  private final Map<String, Bill> bills = new HashMap<>();
  private final NavigableSet<Instant> gaps = new TreeSet<>();
  private final boolean byId;
  private Instant end;
  private Instant readTo = Instant.MAX;
  private @Nullable String after;
  private int pages;
  private boolean gaveUp;

  /**
   * @param byId whether OKX pages the ledger by {@code billId}; if not, by {@code ts}
   * @param end how far back to read
   */
  LedgerRound(boolean byId, Instant end) {
    this.byId = byId;
    this.end = end;
  }

  /** Reads on to the given instant, if it is earlier than what was read, and if it is possible. */
  void readOnTo(Instant end) {
    this.end = end;
  }

  /** Whether everything back to the end was read, or no more can be read. */
  boolean isOver() {
    return gaveUp || !readTo.isAfter(end);
  }

  /** The next page is of the bills before this instant; null for the newest. */
  @Nullable Instant before() {
    return readTo.equals(Instant.MAX) ? null : readTo;
  }

  /** The next page is of the bills before the one with this id; null for the newest. */
  @Nullable String after() {
    return after;
  }

  /** Every bill at or after this instant was read, except those in {@link #gaps}. */
  Instant readTo() {
    return readTo;
  }

  /** The bills that were read, by {@code billId}. */
  Map<String, Bill> bills() {
    return bills;
  }

  /** The newest instants of which bills may be missing. */
  NavigableSet<Instant> gaps() {
    return gaps;
  }

  void page(List<Bill> page) {
    pages++;
    int known = bills.size();
    page.forEach(bill -> bills.put(bill.id(), bill));
    if (page.size() < LedgerApi.PAGE_SIZE) {
      readTo = Instant.MIN; // nothing is older
      return;
    }
    boolean moved = byId ? moveAfter(page, known) : moveBack(page);
    if (!isOver() && (!moved || pages >= MAX_PAGES || bills.size() >= MAX_BILLS)) {
      gaps.add(readTo.minus(TICK));
      gaveUp = true;
    }
  }

  /**
   * Moves on to the last id, and back only to the newest bill, as one that came late has an earlier
   * time than those after it.
   *
   * @return whether the page holds bills that none before it held
   */
  private boolean moveAfter(List<Bill> page, int known) {
    after = page.get(page.size() - 1).id();
    Instant newest = page.stream().map(Bill::at).max(naturalOrder()).orElseThrow();
    if (newest.plus(TICK).isBefore(readTo)) {
      readTo = newest.plus(TICK);
    }
    return bills.size() > known;
  }

  /**
   * Moves back to just after the last bill, so that the next page repeats its millisecond: more
   * bills of it may follow. In an unsorted page the last is the safest guess.
   *
   * @return whether the page holds bills of the requested time
   */
  private boolean moveBack(List<Bill> page) {
    // A ledger that ignores "before" repeats newer bills.
    List<Bill> inRange = page.stream().filter(bill -> bill.at().isBefore(readTo)).toList();
    if (inRange.isEmpty()) {
      return false;
    }
    Instant last = inRange.get(inRange.size() - 1).at();
    Instant oldest = inRange.stream().map(Bill::at).min(naturalOrder()).orElseThrow();
    if (last.plus(TICK).isBefore(readTo)) {
      readTo = last.plus(TICK);
    } else if (oldest.plus(TICK).isBefore(readTo)) {
      readTo = oldest.plus(TICK);
    } else {
      gaps.add(oldest); // all of one millisecond: the rest of it cannot be requested
      readTo = oldest;
    }
    return true;
  }
}
