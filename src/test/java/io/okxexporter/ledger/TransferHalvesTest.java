package io.okxexporter.ledger;

import static io.okxexporter.ledger.Book.START;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.Bill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TransferHalvesTest {
  private final List<Bill> trading = new ArrayList<>();
  private final List<Bill> funding = new ArrayList<>();

  private void trading(double second, String change) {
    trading.add(bill("t" + trading.size(), second, change, "USDT"));
  }

  private void funding(double second, String change) {
    funding.add(bill("f" + funding.size(), second, change, "USDT"));
  }

  private static Bill bill(String id, double second, String change, String ccy) {
    return Book.bill(id, START.plusMillis(Math.round(second * 1e3)), "12", change, ccy);
  }

  private List<String> unpaired() {
    return TransferHalves.unpaired(trading, funding).stream().map(Bill::id).toList();
  }

  @Example
  void halves_have_opposite_amounts_whatever_their_digits() {
    trading(0, "-30");
    funding(0.2, "30.00");
    trading(5, "-30");
    funding(5, "-30");
    trading(9, "12");
    funding(9, "-12.1");
    assertThat(unpaired()).containsExactlyInAnyOrder("t1", "t2");
  }

  @Example
  void halves_are_of_one_currency_and_within_a_minute() {
    trading(0, "-1");
    funding.add(bill("btc", 0, "1", "BTC"));
    trading(100, "-2");
    funding(160, "2");
    trading(300, "-3");
    funding(360.001, "3");
    assertThat(unpaired()).containsExactlyInAnyOrder("t0", "t2");
  }

  @Example
  void a_half_belongs_to_one_other_and_the_nearest_come_first() {
    trading(0, "-1");
    trading(30, "-1");
    funding(31, "1");
    assertThat(unpaired()).containsExactly("t0");
    funding(59, "1");
    assertThat(unpaired()).isEmpty();
  }

  @Example
  void equal_amounts_both_ways_within_a_second_are_no_flow() {
    trading(0, "-1");
    funding(0.1, "1");
    trading(0.5, "1");
    funding(0.6, "-1");
    assertThat(unpaired()).isEmpty();
  }

  @Example
  void a_hundred_equal_bills_in_a_millisecond_are_paired_one_to_one() {
    for (int i = 0; i < 101; i++) {
      trading(0, "-1");
      funding(i % 2, "1");
    }
    trading(0, "-1");
    assertThat(unpaired()).hasSize(1);
  }

  @Property
  void the_nearest_of_all_pairs_is_always_taken_next(@ForAll Random random) {
    trading.clear();
    funding.clear();
    for (int i = random.nextInt(60); i >= 0; i--) {
      String amount = random.nextInt(2) == 0 ? "1" : "-2";
      double second = random.nextInt(300) + random.nextInt(3) / 10.0;
      if (random.nextBoolean()) {
        trading(second, amount);
      } else {
        funding(second, amount.equals("1") ? "-1" : "2");
      }
    }
    List<Instant> expected = naive().stream().map(Bill::at).sorted().toList();
    assertThat(TransferHalves.unpaired(trading, funding).stream().map(Bill::at).sorted())
        .containsExactlyElementsOf(expected);
  }

  private record Pair(Bill trading, Bill funding) {
    Duration distance() {
      return Duration.between(trading.at(), funding.at()).abs();
    }

    Instant earlier() {
      return trading.at().isBefore(funding.at()) ? trading.at() : funding.at();
    }
  }

  private Set<Bill> naive() {
    List<Pair> pairs = new ArrayList<>();
    for (Bill one : trading) {
      for (Bill other : funding) {
        Pair pair = new Pair(one, other);
        if (one.change().negate().compareTo(other.change()) == 0
            && pair.distance().compareTo(Duration.ofMinutes(1)) <= 0) {
          pairs.add(pair);
        }
      }
    }
    pairs.sort(comparing(Pair::distance).thenComparing(Pair::earlier));
    Set<Bill> left = new HashSet<>(trading);
    Set<Bill> free = new HashSet<>(funding);
    for (Pair pair : pairs) {
      if (left.contains(pair.trading) && free.contains(pair.funding)) {
        left.remove(pair.trading);
        free.remove(pair.funding);
      }
    }
    return left;
  }
}
