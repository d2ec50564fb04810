package io.okxexporter.ledger;

import static java.util.Comparator.comparing;

import io.okxexporter.model.Bill;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the two halves of transfers between the trading and the funding account: of one currency
 * and opposite amounts, one to one, the nearest in time first.
 */
final class TransferHalves {
  /** How far apart two halves may be. */
  static final Duration WITHIN = Duration.ofSeconds(60);

  private static final Comparator<Half> IN_TIME =
      comparing((Half half) -> half.bill.at())
          .thenComparing(half -> half.bill.id())
          .thenComparing(half -> half.trading);

  private static final Comparator<Pair> NEAREST =
      comparing(Pair::distance).thenComparing(Pair::earlier, IN_TIME);

  private final PriorityQueue<Pair> candidates = new PriorityQueue<>(NEAREST);

  private TransferHalves() {}

  /** A bill among those of its currency and amount that have no other half yet. */
  private static final class Half {
    private final Bill bill;
    private final boolean trading;
    private @Nullable Half previous;
    private @Nullable Half next;
    private boolean paired;

    Half(Bill bill, boolean trading) {
      this.bill = bill;
      this.trading = trading;
    }
  }

  private record Pair(Half earlier, Half later) {
    Duration distance() {
      return Duration.between(earlier.bill.at(), later.bill.at());
    }
  }

  private record Amount(String ccy, BigDecimal amount) {}

  /** The bills of the trading account that have no other half in the funding account. */
  static List<Bill> unpaired(Collection<Bill> trading, Collection<Bill> funding) {
    Map<Amount, List<Half>> halves = new HashMap<>();
    trading.forEach(bill -> add(halves, new Half(bill, true), bill.change()));
    funding.forEach(bill -> add(halves, new Half(bill, false), bill.change().negate()));
    List<Bill> unpaired = new ArrayList<>();
    for (List<Half> ofOneAmount : halves.values()) {
      new TransferHalves().pair(ofOneAmount);
      ofOneAmount.stream()
          .filter(half -> half.trading && !half.paired)
          .forEach(half -> unpaired.add(half.bill));
    }
    return unpaired;
  }

  private static void add(Map<Amount, List<Half>> halves, Half half, BigDecimal amount) {
    Amount key = new Amount(half.bill.ccy(), amount.stripTrailingZeros());
    halves.computeIfAbsent(key, any -> new ArrayList<>()).add(half);
  }

  /** The nearest two are neighbours in time, and so are the next nearest once these are gone. */
  private void pair(List<Half> halves) {
    halves.sort(IN_TIME);
    for (int i = 1; i < halves.size(); i++) {
      link(halves.get(i - 1), halves.get(i));
    }
    for (Pair pair = candidates.poll(); pair != null; pair = candidates.poll()) {
      if (pair.earlier.next == pair.later && pair.later.previous == pair.earlier) {
        remove(pair);
      }
    }
  }

  private void remove(Pair pair) {
    pair.earlier.paired = true;
    pair.later.paired = true;
    link(pair.earlier.previous, pair.later.next);
    pair.earlier.next = null;
    pair.later.previous = null;
  }

  private void link(@Nullable Half earlier, @Nullable Half later) {
    if (earlier != null) {
      earlier.next = later;
    }
    if (later != null) {
      later.previous = earlier;
    }
    if (earlier != null && later != null && earlier.trading != later.trading) {
      Pair pair = new Pair(earlier, later);
      if (pair.distance().compareTo(WITHIN) <= 0) {
        candidates.add(pair);
      }
    }
  }
}
