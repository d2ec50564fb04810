package io.okxexporter.ledger;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import io.okxexporter.model.Bill;
import io.okxexporter.model.LedgerApi;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A ledger at OKX: each bill appears at some instant, and may be forgotten at another. */
final class Book {
  static final Instant START = Instant.parse("2026-11-30T00:00:00Z");

  private static final List<String> TYPES =
      List.of("1", "2", "13", "20", "23", "49", "130", "131", "75", "176", "221", "183", "9999");

  static final Comparator<Bill> NEWEST_FIRST =
      comparing(Bill::at, reverseOrder()).thenComparing(Bill::id);

  private final NavigableMap<Bill, Entry> entries = new TreeMap<>(NEWEST_FIRST);
  private boolean shuffles;
  private final Random random;

  record Entry(Bill bill, Instant from, Instant until) {
    boolean isVisible(Instant at) {
      return !at.isBefore(from) && at.isBefore(until);
    }
  }

  Book(Random random) {
    this.random = random;
  }

  /** Returns each page in random order. */
  Book shuffling(boolean shuffles) {
    this.shuffles = shuffles;
    return this;
  }

  Book write(Bill bill) {
    return write(bill, bill.at(), Instant.MAX);
  }

  Book write(Bill bill, Instant from, Instant until) {
    entries.put(bill, new Entry(bill, from, until));
    return this;
  }

  List<Bill> visible(Instant now) {
    return visible(entries, now).toList();
  }

  private static Stream<Bill> visible(Map<Bill, Entry> entries, Instant now) {
    return entries.values().stream().filter(it -> it.isVisible(now)).map(Entry::bill);
  }

  /** How many bills of one instant were visible within a time. */
  long crowd(Instant at, Instant begin, Instant end) {
    return entries.subMap(newestBefore(at.plusMillis(1)), newestBefore(at)).values().stream()
        .filter(it -> !it.from.isAfter(end) && it.until.isAfter(begin))
        .count();
  }

  /** When a bill is forgotten. */
  Instant until(Bill bill) {
    return Objects.requireNonNull(entries.get(bill)).until;
  }

  List<Bill> page(@Nullable Instant before, Instant now) {
    NavigableMap<Bill, Entry> older =
        before == null ? entries : entries.tailMap(newestBefore(before), true);
    List<Bill> page =
        visible(older, now)
            .limit(LedgerApi.PAGE_SIZE)
            .collect(Collectors.toCollection(ArrayList::new));
    if (shuffles) {
      Collections.shuffle(page, random);
    }
    return page;
  }

  /** A page of a ledger that OKX pages by id. */
  List<Bill> pageAfter(@Nullable String id, Instant now) {
    List<Bill> visible = visible(now);
    int begin = 0;
    while (id != null && begin < visible.size() && !visible.get(begin).id().equals(id)) {
      begin++;
    }
    return visible.stream().skip(id == null ? 0 : begin + 1L).limit(LedgerApi.PAGE_SIZE).toList();
  }

  private static Bill newestBefore(Instant instant) {
    return bill("", instant.minusMillis(1), "", "0", "");
  }

  /** A life of some days before and after {@link #START}. */
  static Book random(Random random, int bursts, boolean forgets, String prefix) {
    Book book = new Book(random);
    for (int i = 0; i < bursts; i++) {
      // A third of all within two hours, so that late bills are pages behind the newest.
      Instant at =
          random.nextInt(3) == 0
              ? START.plusMillis(random.nextLong(7_200_000))
              : START.plusMillis(random.nextLong(-Duration.ofDays(5).toMillis(), 86_400_000));
      int size = burst(random);
      for (int j = 0; j < size; j++) {
        Bill bill = bill(random, prefix + i + "." + j, at);
        boolean late = random.nextInt(4) == 0;
        Instant from = at.plusMillis(late ? random.nextLong(1_200_000) : 0);
        boolean forgotten = forgets && random.nextInt(10) == 0;
        Instant until = forgotten ? from.plusMillis(random.nextLong(5 * 86_400_000L)) : Instant.MAX;
        book.write(bill, from, until);
      }
    }
    return book;
  }

  private static int burst(Random random) {
    return switch (random.nextInt(40)) {
      case 0 -> 99 + random.nextInt(4);
      case 1 -> 150 + random.nextInt(200);
      case 2, 3, 4, 5, 6 -> 2 + random.nextInt(60);
      default -> 1;
    };
  }

  static Bill bill(Random random, String id, Instant at) {
    return bill(
        id,
        at,
        TYPES.get(random.nextInt(TYPES.size())),
        random.nextInt(-3, 4) + "",
        random.nextBoolean() ? "BTC" : "USDT");
  }

  static Bill bill(String id, Instant at, String type, String change, String ccy) {
    return new Bill(id, at, ccy, new BigDecimal(change), type);
  }
}
