package io.okxexporter.ledger;

import static io.okxexporter.ledger.Book.START;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.reducing;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.ledger.FlowSummary.Category;
import io.okxexporter.model.Bill;
import io.okxexporter.model.BillClass;
import io.okxexporter.model.Flow;
import io.okxexporter.model.Flow.Direction;
import io.okxexporter.model.FlowKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FlowGroupsTest {
  private static final BillTypes TYPES = new BillTypes(Map.of());
  private final List<Bill> bills = new ArrayList<>();

  /** A bill some milliseconds before or after {@link Book#START}. */
  private FlowGroupsTest bill(long millis, String type, String change) {
    return bill(millis, type, change, "BTC");
  }

  private FlowGroupsTest bill(long millis, String type, String change, String ccy) {
    bills.add(Book.bill("id" + bills.size(), START.plusMillis(millis), type, change, ccy));
    return this;
  }

  private FlowSummary summary() {
    return FlowGroups.summarize(bills, List.of(), TYPES, START);
  }

  /** The flows as lines: kind, direction, amount, currency, milliseconds from START. */
  private List<String> flows() {
    return summary().flows().stream()
        .map(
            it ->
                it.kind().label()
                    + " "
                    + it.direction().label()
                    + " "
                    + it.amount()
                    + " "
                    + it.ccy()
                    + " "
                    + Duration.between(START, it.at()).toMillis())
        .toList();
  }

  @Example
  void each_class_is_a_flow_a_move_or_neither() {
    bill(-1, "1", "1").bill(-2, "2", "-2").bill(-3, "13", "3").bill(-4, "72", "4");
    bill(-5, "116", "-5").bill(-6, "22", "-6").bill(-7, "288", "-7").bill(-8, "187", "-8");
    bill(-9, "47", "-9").bill(-10, "9999", "-10").bill(-11, "229", "-11");
    bill(-12, "75", "-12").bill(-13, "176", "13").bill(-14, "132", "-14").bill(-15, "75", "15");
    bill(-16, "131", "-16").bill(-17, "272", "-17").bill(-18, "229", "18").bill(-19, "84", "-19");
    assertThat(flows())
        .containsExactly(
            "deposit in 1 BTC -1",
            "withdrawal out 2 BTC -2",
            "withdrawal in 3 BTC -3",
            "user in 4 BTC -4",
            "fiat out 5 BTC -5",
            "sub_account out 6 BTC -6",
            "custody out 7 BTC -7",
            "broker out 8 BTC -8",
            "other out 9 BTC -9",
            "other out 10 BTC -10",
            "other out 11 BTC -11");
    assertThat(summary().moves())
        .isEqualTo(
            Map.of(
                BillClass.EARN, START.minusMillis(12),
                BillClass.LOAN, START.minusMillis(13),
                BillClass.FROZEN, START.minusMillis(14)));
  }

  @Example
  void counts_cover_every_kind_and_direction() {
    assertThat(summary().counts()).hasSize(16).containsValue(0).doesNotContainValue(1);
    bill(-1, "2", "-1").bill(-2, "2", "-1").bill(-2, "2", "-1").bill(-3, "13", "1");
    assertThat(summary().counts())
        .hasSize(16)
        .containsEntry(new Category(FlowKind.WITHDRAWAL, Direction.OUT), 2)
        .containsEntry(new Category(FlowKind.WITHDRAWAL, Direction.IN), 1)
        .containsEntry(new Category(FlowKind.OTHER, Direction.OUT), 0);
  }

  @Example
  void bills_of_one_instant_kind_direction_and_currency_are_one_flow() {
    bill(-1, "20", "-1.50").bill(-1, "22", "-2").bill(-1, "20", "-4", "USDT").bill(-1, "21", "8");
    bill(-2, "20", "-16").bill(-1, "2", "-32");
    assertThat(flows())
        .containsExactly(
            "withdrawal out 32 BTC -1",
            "sub_account in 8 BTC -1",
            "sub_account out 3.50 BTC -1",
            "sub_account out 4 USDT -1",
            "sub_account out 16 BTC -2");
  }

  @Example
  void a_change_of_zero_is_no_flow() {
    bill(-1, "2", "0").bill(-2, "9999", "0.00").bill(-3, "221", "0").bill(-3, "75", "0");
    assertThat(flows()).isEmpty();
    assertThat(summary().moves()).containsOnlyKeys(BillClass.EARN);
  }

  @Example
  void a_fee_is_part_of_the_nearest_withdrawal_of_its_currency() {
    bill(-300_000, "2", "-10").bill(-359_999, "221", "-0.1"); // before it
    bill(-200_000, "2", "-20").bill(-140_000, "221", "-0.2").bill(-140_000, "221", "-0.3");
    bill(-100_000, "2", "-30").bill(-98_000, "2", "-40").bill(-98_900, "221", "-0.4");
    bill(-99_000, "221", "-0.5"); // in the middle
    bill(-10_000, "13", "20").bill(-9_000, "222", "0.2");
    assertThat(flows())
        .containsExactly(
            "withdrawal in 20.2 BTC -10000",
            "withdrawal out 40.4 BTC -98000",
            "withdrawal out 31.0 BTC -100000",
            "withdrawal out 20 BTC -200000",
            "withdrawal out 10.1 BTC -300000");
  }

  @Example
  void a_fee_without_a_withdrawal_is_other() {
    bill(-200_000, "2", "-20").bill(-139_999, "221", "-0.1"); // too late
    bill(-200_000, "221", "-0.2", "ETH"); // another currency
    bill(-199_000, "222", "0.3"); // another direction
    bill(-500_000, "2", "5").bill(-500_001, "221", "-0.4"); // of a withdrawal that is none
    bill(-600_000, "221", "0.5"); // a fee that pays
    assertThat(flows())
        .containsExactly(
            "other out 0.1 BTC -139999",
            "other in 0.3 BTC -199000",
            "withdrawal out 20 BTC -200000",
            "other out 0.2 ETH -200000",
            "other in 5 BTC -500000",
            "other out 0.4 BTC -500001",
            "other in 0.5 BTC -600000");
  }

  @Example
  void the_window_is_the_last_72_hours() {
    long edge = -FlowSummary.WINDOW.toMillis();
    bill(edge, "2", "-1").bill(edge - 1, "2", "-2").bill(1_000, "1", "3");
    bill(edge - 1, "75", "4").bill(edge, "176", "5");
    assertThat(flows()).containsExactly("deposit in 3 BTC 1000", "withdrawal out 1 BTC " + edge);
    assertThat(summary().moves()).containsOnlyKeys(BillClass.LOAN);
  }

  @Example
  void the_edge_of_the_window_does_not_part_a_fee_from_its_withdrawal() {
    long edge = -FlowSummary.WINDOW.toMillis();
    bill(edge, "2", "-1").bill(edge - 500, "221", "-0.1");
    bill(edge - 100, "2", "-2", "ETH").bill(edge + 200, "221", "-0.2", "ETH");
    assertThat(flows()).containsExactly("withdrawal out 1.1 BTC " + edge);
  }

  @Example
  void the_newest_50_of_a_kind_and_direction_are_listed_and_all_are_counted() {
    IntStream.range(0, 60).forEach(i -> bill(-2L * i, "2", "-1").bill(-2L * i - 1, "1", "1"));
    bill(-200, "13", "1");
    assertThat(flows())
        .hasSize(101)
        .contains("withdrawal out 1 BTC -98", "deposit in 1 BTC -99", "withdrawal in 1 BTC -200")
        .doesNotContain("withdrawal out 1 BTC -100");
    assertThat(summary().counts())
        .containsEntry(new Category(FlowKind.WITHDRAWAL, Direction.OUT), 60)
        .containsEntry(new Category(FlowKind.DEPOSIT, Direction.IN), 60);
  }

  @Property(tries = 300)
  void flows_sum_up_to_what_the_bills_changed_whatever_their_order(@ForAll long seed) {
    Random random = new Random(seed);
    List<Bill> bills = new ArrayList<>();
    // Within the hour, and so few per category that all are listed.
    for (int i = random.nextInt(60); i > 0; i--) {
      bills.add(Book.bill(random, "id" + i, START.minusMillis(random.nextInt(3_600_000))));
    }
    FlowSummary summary = FlowGroups.summarize(bills, List.of(), TYPES, START);
    assertThat(sums(summary.flows().stream().map(it -> Map.entry(it.ccy(), signed(it)))))
        .isEqualTo(
            sums(
                bills.stream()
                    .filter(it -> it.change().signum() != 0 && crossesTheBorder(it))
                    .map(it -> Map.entry(it.ccy(), it.change()))));
    assertThat(summary.flows()).allMatch(it -> it.amount().signum() > 0);
    assertThat(summary.flows())
        .extracting(it -> List.of(it.kind(), it.direction(), it.ccy(), it.at()))
        .doesNotHaveDuplicates();
    assertThat(summary.counts().values().stream().mapToInt(it -> it).sum())
        .isEqualTo(summary.flows().size());
    Collections.shuffle(bills, random);
    assertThat(FlowGroups.summarize(bills, List.of(), TYPES, START)).isEqualTo(summary);
  }

  private static BigDecimal signed(Flow flow) {
    return flow.direction() == Direction.IN ? flow.amount() : flow.amount().negate();
  }

  private static boolean crossesTheBorder(Bill bill) {
    BillClass billClass = TYPES.classOf(bill);
    return billClass.flow().isPresent() || billClass == BillClass.WITHDRAWAL_FEE;
  }

  private static Map<String, BigDecimal> sums(Stream<Map.Entry<String, BigDecimal>> changes) {
    return changes.collect(
        groupingBy(
            Map.Entry::getKey,
            mapping(Map.Entry::getValue, reducing(BigDecimal.ZERO, BigDecimal::add))));
  }

  @Example
  void no_text_shows_an_amount() {
    bill(-1, "2", "-1234.5");
    assertThat(summary().toString()).contains("withdrawal out").doesNotContain("1234");
  }
}
