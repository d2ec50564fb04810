package io.okxexporter.ledger;

import static io.okxexporter.ledger.Book.START;
import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.Bill;
import io.okxexporter.model.LedgerApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LedgerTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final Book book = new Book(new Random(1));
  private final Ledger ledger = Ledger.byTime();

  /** Reads a whole round at one instant; returns the number of its pages. */
  private static int read(Ledger ledger, Book book, Instant now) {
    int pages = 0;
    ledger.begin(now);
    while (ledger.isReading()) {
      pages++;
      ledger.page(book.page(ledger.before(), now));
    }
    return pages;
  }

  private int read(Instant now) {
    return read(ledger, book, now);
  }

  private static Bill bill(String id, Instant at) {
    return Book.bill(id, at, "2", "-1", "BTC");
  }

  /** Writes a bill each minute of the 72 hours before START and of the two after it. */
  private void writeEachMinute() {
    for (int i = -72 * 60; i < 2 * 60; i++) {
      book.write(bill("minute " + i, START.plus(MINUTE.multipliedBy(i))));
    }
  }

  @Example
  void the_window_of_a_busy_bot_is_44_pages_and_a_later_round_one() {
    writeEachMinute();
    assertThat(read(START)).isEqualTo(44);
    assertThat(ledger.bills()).hasSize(72 * 60 + 1);
    for (Instant now = START.plusSeconds(30); now.isBefore(START.plus(MINUTE.multipliedBy(60))); ) {
      assertThat(read(now)).isEqualTo(1);
      now = now.plusSeconds(30);
    }
    assertThat(read(START.plus(MINUTE.multipliedBy(60)))).isEqualTo(44);
    assertThat(read(START.plus(MINUTE.multipliedBy(61)))).isEqualTo(1);
  }

  @Example
  void a_round_after_an_outage_reads_back_to_what_is_known() {
    writeEachMinute();
    read(START.minus(Duration.ofMinutes(40)));
    Instant later = START.plus(Duration.ofMinutes(119));
    // 40 + 119 minutes and half an hour; the hour has passed, so that the whole window follows.
    ledger.begin(later);
    assertThat(ledger.page(book.page(ledger.before(), later))).isFalse();
    assertThat(ledger.page(book.page(ledger.before(), later))).isTrue();
    assertThat(ledger.isReading()).isTrue();
    assertThat(ledger.ids()).contains("minute 119", "minute 0", "minute -39", "minute -4000");
  }

  @Example
  void nothing_is_known_before_the_whole_window_was_read() {
    writeEachMinute();
    ledger.begin(START);
    for (int i = 0; i < 43; i++) {
      assertThat(ledger.page(book.page(ledger.before(), START))).isFalse();
      assertThat(ledger.isKnown()).isFalse();
      assertThat(ledger.bills()).isEmpty();
    }
    assertThat(ledger.page(book.page(ledger.before(), START))).isTrue();
    assertThat(ledger.isKnown()).isTrue();
    assertThat(ledger.isReading()).isFalse();
  }

  @Example
  void an_empty_ledger_is_known_after_one_page() {
    assertThat(read(START)).isEqualTo(1);
    assertThat(ledger.isKnown()).isTrue();
    assertThat(ledger.isIncompleteSince(Instant.MIN)).isFalse();
  }

  @Example
  void a_page_that_fails_changes_nothing_and_the_next_round_begins_again() {
    writeEachMinute();
    read(START);
    Set<String> known = Set.copyOf(ledger.ids());
    Instant later = START.plus(Duration.ofMinutes(119));
    ledger.begin(later);
    ledger.page(book.page(null, later));
    ledger.abandon();
    assertThat(ledger.ids()).isEqualTo(known);
    assertThat(ledger.isReading()).isFalse();
    ledger.begin(later);
    assertThat(ledger.before()).isNull();
  }

  @Example
  void bills_of_one_millisecond_that_straddle_a_page_are_all_read() {
    for (int i = 0; i < 300; i++) {
      book.write(bill("b" + i, START.minusMillis(1 + i / 60)));
    }
    read(START);
    assertThat(ledger.bills()).hasSize(300);
    assertThat(ledger.isIncompleteSince(Instant.MIN)).isFalse();
  }

  @Example
  void of_a_millisecond_that_fills_a_page_bills_may_be_missing_until_it_leaves_the_window() {
    Instant crowded = START.minusSeconds(5);
    for (int i = 0; i < 101; i++) {
      book.write(bill("b" + i, crowded));
    }
    book.write(bill("newer", START.minusSeconds(1))).write(bill("older", START.minusSeconds(9)));
    read(START);
    assertThat(ledger.bills()).hasSize(102);
    assertThat(ledger.ids()).contains("newer", "older");
    assertThat(ledger.isIncompleteSince(crowded)).isTrue();
    assertThat(ledger.isIncompleteSince(crowded.plusMillis(1))).isFalse();
    Instant later = START.plus(Ledger.WINDOW);
    read(later);
    assertThat(ledger.isIncompleteSince(later.minus(Ledger.WINDOW))).isFalse();
    assertThat(ledger.bills()).isEmpty();
  }

  @Example
  void a_ledger_that_is_paged_by_id_misses_nothing_of_a_crowded_millisecond() {
    Ledger byId = Ledger.byId();
    for (int i = 0; i < 4_300; i++) {
      book.write(bill("%04d".formatted(i), START.minusMillis(1 + i / 450)));
    }
    int pages = 0;
    byId.begin(START);
    while (byId.isReading()) {
      pages++;
      byId.page(book.pageAfter(byId.after(), START));
    }
    assertThat(pages).isEqualTo(44);
    assertThat(byId.bills()).hasSize(4_300);
    assertThat(byId.isIncompleteSince(Instant.MIN)).isFalse();
  }

  @Example
  void a_row_far_out_of_order_ends_no_round_by_id() {
    Ledger byId = Ledger.byId();
    List<Bill> first = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      first.add(bill("%04d".formatted(i), START.minusSeconds(i)));
    }
    List<Bill> second = List.of(bill("0100", START.minusSeconds(100)));
    byId.begin(START);
    byId.page(first);
    byId.page(second);
    assertThat(byId.bills()).hasSize(101);
    first.set(99, bill("late", START.minus(Duration.ofHours(71))));
    byId.begin(START.plusSeconds(60));
    assertThat(byId.page(first)).isFalse();
    byId.page(second);
    assertThat(byId.bills()).hasSize(101);
  }

  @Example
  void a_ledger_that_repeats_a_page_by_id_may_miss_what_is_older() {
    Ledger byId = Ledger.byId();
    for (int i = 0; i < 150; i++) {
      book.write(bill("%04d".formatted(i), START.minusSeconds(i)));
    }
    byId.begin(START);
    byId.page(book.pageAfter(null, START));
    byId.page(book.pageAfter(null, START));
    assertThat(byId.isReading()).isFalse();
    assertThat(byId.bills()).hasSize(100);
    assertThat(byId.isIncompleteSince(START)).isTrue();
  }

  @Example
  void a_crowded_millisecond_that_is_no_longer_so_is_complete_again() {
    for (int i = 0; i < 101; i++) {
      book.write(bill("b" + i, START.minusSeconds(5)), START, START.plusSeconds(i < 50 ? 20 : 90));
    }
    read(START);
    assertThat(ledger.isIncompleteSince(Instant.MIN)).isTrue();
    read(START.plusSeconds(30));
    assertThat(ledger.isIncompleteSince(Instant.MIN)).isFalse();
    assertThat(ledger.bills()).hasSize(51);
  }

  @Example
  void bills_20_minutes_late_appear_in_the_next_round_later_ones_within_the_hour() {
    writeEachMinute();
    Instant next = START.plusSeconds(30);
    for (int i = 0; i < 300; i++) { // a page within 5 minutes
      book.write(bill("burst " + i, START.minusSeconds(3L * i)));
    }
    book.write(bill("late", START.minus(Duration.ofMinutes(20))), next, Instant.MAX);
    book.write(bill("later", START.minus(Duration.ofHours(30))), next, Instant.MAX);
    read(START);
    read(next);
    assertThat(ledger.ids()).contains("late").doesNotContain("later");
    read(START.plus(Duration.ofMinutes(60)));
    assertThat(ledger.ids()).contains("late", "later");
  }

  @Example
  void a_ledger_that_forgets_is_followed() {
    writeEachMinute();
    book.write(bill("recent", START.minusSeconds(1)), START, START.plusSeconds(9));
    book.write(bill("old", START.minus(Duration.ofHours(50))), START, START.plusSeconds(9));
    read(START);
    assertThat(ledger.ids()).contains("recent", "old");
    read(START.plusSeconds(30));
    assertThat(ledger.ids()).contains("old").doesNotContain("recent");
    read(START.plus(Duration.ofHours(1)));
    assertThat(ledger.ids()).doesNotContain("old");
  }

  @Example
  void a_bill_in_the_future_does_not_hide_what_follows() {
    book.write(bill("future", START.plus(Duration.ofDays(900))), START, Instant.MAX);
    writeEachMinute();
    read(START);
    Instant later = START.plus(Duration.ofMinutes(59));
    for (int i = 0; i < 250; i++) {
      book.write(bill("burst " + i, later.minusMillis(i)));
    }
    read(later);
    assertThat(ledger.ids()).contains("future", "burst 0", "burst 249", "minute 1");
  }

  @Example
  void a_clock_that_is_set_back_makes_the_ledger_read_what_it_dropped() {
    writeEachMinute();
    book.write(bill("oldest", START.minus(Ledger.WINDOW)));
    read(START);
    read(START.plus(Duration.ofMinutes(20)));
    assertThat(ledger.ids()).doesNotContain("oldest");
    assertThat(ledger.isWholeDue(START.plus(Duration.ofMinutes(21)))).isFalse();
    assertThat(ledger.isWholeDue(START)).isTrue();
    read(START);
    assertThat(ledger.ids()).contains("oldest");
  }

  @Example
  void a_ledger_that_ignores_the_time_is_incomplete_below_its_first_page() {
    writeEachMinute();
    ledger.begin(START);
    for (int i = 0; i < 3; i++) {
      ledger.page(book.page(null, START));
    }
    assertThat(ledger.isReading()).isFalse();
    assertThat(ledger.bills()).hasSize(100);
    assertThat(ledger.isIncompleteSince(START.minus(Ledger.WINDOW))).isTrue();
    assertThat(ledger.isIncompleteSince(START.minus(MINUTE.multipliedBy(97)))).isFalse();
  }

  @Example
  void memory_is_bounded() {
    for (int i = 0; i < 21_000; i++) {
      book.write(bill("b" + i, START.minusMillis(i)));
    }
    List<Bill> all = new ArrayList<>(book.visible(START)); // newest first
    ledger.begin(START);
    while (ledger.isReading()) {
      int from =
          ledger.before() == null
              ? 0
              : (int) Duration.between(ledger.before(), START).toMillis() + 1;
      ledger.page(all.subList(from, from + LedgerApi.PAGE_SIZE));
    }
    assertThat(ledger.bills()).hasSize(LedgerRound.MAX_BILLS);
    assertThat(ledger.isKnown()).isTrue();
    assertThat(ledger.isIncompleteSince(START.minusSeconds(22))).isTrue();
    assertThat(ledger.isIncompleteSince(START.minusSeconds(19))).isFalse();
  }

  @Property(tries = 50)
  void no_page_is_too_strange(@ForAll long seed) {
    Random random = new Random(seed);
    Instant now = START;
    for (int round = 0; round < 5; round++) {
      now = now.plusSeconds(random.nextLong(-10_000, 10_000));
      ledger.begin(now);
      int pages = 0;
      while (ledger.isReading()) {
        ledger.page(strangePage(random, now));
        pages++;
      }
      assertThat(pages).isLessThanOrEqualTo(LedgerRound.MAX_PAGES);
      assertThat(ledger.bills().size()).isLessThanOrEqualTo(LedgerRound.MAX_BILLS);
      assertThat(ledger.isKnown()).isTrue();
    }
  }

  private static List<Bill> strangePage(Random random, Instant now) {
    List<Bill> page = new ArrayList<>();
    int size = random.nextInt(30) == 0 ? random.nextInt(100) : 100 + random.nextInt(3) * 150;
    long spread = (long) Math.pow(10, random.nextInt(12));
    Instant newest = now.minusMillis(random.nextLong(2 * spread));
    for (int i = 0; i < size; i++) {
      Instant at =
          random.nextInt(500) == 0
              ? strangeTime(random)
              : newest.minusMillis(random.nextLong(spread));
      page.add(bill("id" + random.nextInt(50_000), at));
    }
    return page;
  }

  private static Instant strangeTime(Random random) {
    return Instant.ofEpochMilli(
        List.of(Long.MAX_VALUE, 0L, Long.MIN_VALUE, -1L).get(random.nextInt(4)));
  }

  /**
   * A reader with its own rhythm, slow pages and failures. After each span that it completes, it
   * compares what is known with what it was given and what the ledger holds.
   */
  private static final class Reader {
    private final Book book;
    private final Random random;
    private Ledger ledger = Ledger.byTime();
    private Instant now;
    private Instant wholeBegan = Instant.MIN;
    private int shown;

    Reader(Book book, Random random) {
      this.book = book;
      this.random = random;
      now = START.plusMillis(random.nextInt(3_600_000));
    }

    void live(Duration length, int failingPercent) {
      Instant end = START.plus(length);
      while (now.isBefore(end)) {
        now = now.plusMillis(random.nextInt(random.nextInt(20) == 0 ? 7_200_000 : 1_200_000));
        if (random.nextInt(100) < failingPercent / 4) {
          ledger = Ledger.byTime();
        }
        round(failingPercent);
      }
    }

    void round(int failingPercent) {
      Instant began = now;
      Set<Bill> given = new HashSet<>();
      ledger.begin(began);
      while (ledger.isReading()) {
        Instant before = ledger.before();
        List<Bill> page = book.page(before, now);
        now = now.plusMillis(random.nextInt(5_000));
        if (random.nextInt(100) < failingPercent) {
          ledger.abandon();
          return;
        }
        given.addAll(page);
        if (ledger.page(page)) {
          check(began, given, page.size() < LedgerApi.PAGE_SIZE);
        }
      }
    }

    private void check(Instant began, Set<Bill> given, boolean wholeLedger) {
      shown++;
      Instant start = began.minus(Ledger.WINDOW);
      Instant readTo =
          wholeLedger
              ? Instant.MIN
              : given.stream().map(Bill::at).min(naturalOrder()).orElseThrow().plusMillis(1);
      if (!readTo.isAfter(start)) {
        wholeBegan = began;
      }
      Set<Bill> known = Set.copyOf(ledger.bills());
      assertThat(known).hasSameSizeAs(ledger.bills());
      assertThat(known).noneMatch(it -> it.at().isBefore(start));
      assertThat(since(known, readTo)).isEqualTo(since(since(given, start), readTo));
      assertNothingMissing(began, known);
      assertThat(known).allMatch(it -> given.contains(it) || !book.until(it).isBefore(wholeBegan));
    }

    private void assertNothingMissing(Instant began, Set<Bill> known) {
      book.visible(began).stream()
          .filter(it -> !it.at().isBefore(began.minus(Ledger.WINDOW)))
          .filter(it -> !known.contains(it) && book.until(it).isAfter(now))
          .map(Bill::at)
          .distinct()
          .forEach(
              at -> {
                assertThat(book.crowd(at, wholeBegan, now)).isGreaterThanOrEqualTo(100);
                assertThat(ledger.isIncompleteSince(at)).isTrue();
              });
    }

    private static Set<Bill> since(Collection<Bill> bills, Instant start) {
      return bills.stream().filter(it -> !it.at().isBefore(start)).collect(toSet());
    }
  }

  @Property(tries = 60)
  void what_is_known_is_what_the_ledger_holds_as_far_as_it_was_read(@ForAll long seed) {
    Random random = new Random(seed);
    Book book = Book.random(random, random.nextInt(100), random.nextBoolean(), "");
    Reader reader = new Reader(book, random);
    reader.live(Duration.ofHours(12), random.nextInt(30));
  }

  @Example
  void a_reader_without_failures_shows_what_it_read() {
    Random random = new Random(1);
    Reader reader = new Reader(Book.random(random, 50, true, ""), random);
    reader.live(Duration.ofHours(12), 0);
    assertThat(reader.shown).isPositive();
  }

  @Property(tries = 25)
  void two_readers_agree_once_both_have_read_everything(@ForAll long seed) {
    Random random = new Random(seed);
    Book book = Book.random(random, random.nextInt(100), random.nextBoolean(), "");
    Reader one = new Reader(book, random);
    Reader other = new Reader(book, random);
    one.live(Duration.ofHours(10), random.nextInt(30));
    other.live(Duration.ofHours(8), random.nextInt(30));
    Instant end = START.plus(Duration.ofDays(3));
    read(one.ledger, book, end);
    read(other.ledger, book, end);
    assertThat(Set.copyOf(one.ledger.bills())).isEqualTo(Set.copyOf(other.ledger.bills()));
    assertThat(one.ledger.isIncompleteSince(Instant.MIN))
        .isEqualTo(other.ledger.isIncompleteSince(Instant.MIN));
  }

  @Property(tries = 100)
  void the_order_within_a_page_does_not_matter(@ForAll long seed) {
    Random random = new Random(seed);
    Book book = Book.random(random, random.nextInt(60), false, "").shuffling(true);
    Ledger ledger = Ledger.byTime();
    for (int i = 0; i < 40; i++) {
      Instant now = START.plus(Duration.ofMinutes(30L * i + random.nextInt(30)));
      read(ledger, book, now);
      if (!ledger.isIncompleteSince(Instant.MIN)) {
        assertThat(Set.copyOf(ledger.bills()))
            .isEqualTo(
                book.visible(now).stream()
                    .filter(it -> !it.at().isBefore(now.minus(Ledger.WINDOW)))
                    .collect(toSet()));
      }
    }
  }
}
