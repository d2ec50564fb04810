package io.okxexporter.ledger;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import io.okxexporter.ledger.FlowSummary.Category;
import io.okxexporter.model.Bill;
import io.okxexporter.model.BillClass;
import io.okxexporter.model.Flow;
import io.okxexporter.model.Flow.Direction;
import io.okxexporter.model.FlowKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes flows of bills: those of one instant, kind, direction and currency are one flow. */
final class FlowGroups {
  /** How far from its withdrawal a fee may be. */
  static final Duration FEE_WITHIN = Duration.ofSeconds(60);

  private record FlowKey(FlowKind kind, Direction direction, String ccy, Instant at) {
    Category category() {
      return new Category(kind, direction);
    }

    FlowKey as(FlowKind other) {
      return new FlowKey(other, direction, ccy, at);
    }

    Duration distance(FlowKey other) {
      return Duration.between(at, other.at).abs();
    }
  }

  /** By time last, so that neighbours are near in time. */
  private static final Comparator<FlowKey> ORDER =
      comparing(FlowKey::kind)
          .thenComparing(FlowKey::direction)
          .thenComparing(FlowKey::ccy)
          .thenComparing(FlowKey::at);

  private static final Comparator<Flow> NEWEST_FIRST =
      comparing(Flow::at, reverseOrder())
          .thenComparing(Flow::kind)
          .thenComparing(Flow::direction)
          .thenComparing(Flow::ccy);

  private final BillTypes types;
  private final NavigableMap<FlowKey, BigDecimal> amounts = new TreeMap<>(ORDER);
  private final List<Bill> fees = new ArrayList<>();
  private final Map<BillClass, Instant> moves = new EnumMap<>(BillClass.class);

  private FlowGroups(BillTypes types) {
    this.types = types;
  }

  /**
   * The flows of bills that are unique by {@code billId}. A fee finds its withdrawal only if the
   * bills reach back {@link #FEE_WITHIN} more than the window.
   *
   * @param funding the bills of the funding account
   * @param transfers bills of transfers between User IDs that are not among these
   */
  static FlowSummary summarize(
      Collection<Bill> funding, Collection<Bill> transfers, BillTypes types, Instant nowOkx) {
    FlowGroups groups = new FlowGroups(types);
    funding.forEach(groups::add);
    transfers.forEach(bill -> groups.add(key(FlowKind.SUB_ACCOUNT, bill), bill));
    groups.fees.forEach(groups::addFee);
    return groups.since(nowOkx.minus(FlowSummary.WINDOW));
  }

  private void add(Bill bill) {
    BillClass billClass = types.classOf(bill);
    if (billClass == BillClass.WITHDRAWAL_FEE) {
      fees.add(bill);
    } else if (billClass.isMove()) {
      moves.merge(billClass, bill.at(), (one, other) -> one.isAfter(other) ? one : other);
    }
    billClass.flow().ifPresent(kind -> add(key(kind, bill), bill));
  }

  private void addFee(Bill fee) {
    FlowKey key = key(FlowKind.WITHDRAWAL, fee);
    add(nearest(key).orElse(key.as(FlowKind.OTHER)), fee);
  }

  private void add(FlowKey key, Bill bill) {
    if (bill.change().signum() != 0) {
      amounts.merge(key, bill.change().abs(), BigDecimal::add);
    }
  }

  private static FlowKey key(FlowKind kind, Bill bill) {
    return new FlowKey(
        kind, bill.change().signum() < 0 ? Direction.OUT : Direction.IN, bill.ccy(), bill.at());
  }

  /** The nearest group that differs in time only; of two equally near, the earlier. */
  private Optional<FlowKey> nearest(FlowKey key) {
    return Stream.of(
            Optional.ofNullable(amounts.floorKey(key)), Optional.ofNullable(amounts.higherKey(key)))
        .flatMap(Optional::stream)
        .filter(it -> it.ccy.equals(key.ccy) && it.category().equals(key.category()))
        .filter(it -> it.distance(key).compareTo(FEE_WITHIN) <= 0)
        .min(comparing(key::distance));
  }

  private FlowSummary since(Instant start) {
    amounts.keySet().removeIf(key -> key.at.isBefore(start));
    moves.values().removeIf(at -> at.isBefore(start));
    return new FlowSummary(listed(), counts(), moves);
  }

  private List<Flow> listed() {
    Map<Category, Integer> listed = new HashMap<>();
    return amounts.entrySet().stream()
        .map(it -> flow(it.getKey(), it.getValue()))
        .sorted(NEWEST_FIRST)
        .filter(
            it ->
                listed.merge(new Category(it.kind(), it.direction()), 1, Integer::sum)
                    <= FlowSummary.LISTED)
        .toList();
  }

  private static Flow flow(FlowKey key, BigDecimal amount) {
    return new Flow(key.kind, key.direction, key.ccy, key.at, amount);
  }

  private Map<Category, Integer> counts() {
    Map<Category, Integer> counts = new HashMap<>();
    for (FlowKind kind : FlowKind.values()) {
      for (Direction direction : Direction.values()) {
        counts.put(new Category(kind, direction), 0);
      }
    }
    amounts.keySet().forEach(key -> counts.merge(key.category(), 1, Integer::sum));
    return counts;
  }
}
