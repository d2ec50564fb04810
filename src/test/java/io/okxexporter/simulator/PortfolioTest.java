package io.okxexporter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PortfolioTest {
  private static final long START = Instant.parse("2026-11-22T12:00:00.123Z").toEpochMilli();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int WEEK = 7 * 86_400_000;
  private static final int HISTORY = 3 * 86_400_000;
  private static final List<SimulatedUser> USERS = SimulatedUser.named(4, new SplittableRandom(1));

  @Property(tries = 200)
  void what_the_bills_between_two_instants_state_is_how_the_funding_account_changed(
      @ForAll long seed,
      @ForAll @IntRange(min = -HISTORY, max = WEEK) int one,
      @ForAll @IntRange(min = -HISTORY, max = WEEK) int other) {
    for (SimulatedUser user : USERS) {
      Portfolio portfolio = portfolios(seed).of(user.uid());
      long from = START + Math.min(one, other);
      long to = START + Math.max(one, other);
      for (Asset asset : Asset.values()) {
        BigDecimal stated =
            portfolio.bills(Account.FUNDING, to).stream()
                .filter(entry -> entry.atMillis() > from)
                .filter(entry -> entry.bill().ccy().equals(asset.name()))
                .map(entry -> entry.bill().change())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(funding(portfolio, asset, to).subtract(funding(portfolio, asset, from)))
            .isEqualByComparingTo(stated);
      }
    }
  }

  @Property(tries = 100)
  void each_bill_states_the_balance_that_was_there_at_its_time(
      @ForAll long seed, @ForAll @IntRange(min = -HISTORY, max = WEEK) int now) {
    for (SimulatedUser user : USERS) {
      Portfolio portfolio = portfolios(seed).of(user.uid());
      for (LedgerEntry entry : portfolio.bills(Account.FUNDING, START + now)) {
        Asset asset = Asset.valueOf(entry.bill().ccy());
        assertThat(funding(portfolio, asset, entry.atMillis()))
            .isEqualByComparingTo(entry.balance())
            .isNotNegative();
      }
    }
  }

  @Property(tries = 100)
  void nothing_depends_on_what_was_read_before(
      @ForAll long seed,
      @ForAll @IntRange(min = -HISTORY, max = WEEK) int now,
      @ForAll @Size(max = 5) List<@IntRange(min = -HISTORY, max = WEEK) Integer> before) {
    Portfolios read = portfolios(seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int other : before) {
      all(read.of(USERS.get(random.nextInt(USERS.size())).uid()), START + other);
    }
    for (SimulatedUser user : USERS) {
      assertThat(all(read.of(user.uid()), START + now))
          .isEqualTo(all(portfolios(seed).of(user.uid()), START + now));
    }
  }

  @Test
  void only_deposits_withdrawals_and_payments_change_what_the_accounts_hold_together() {
    Portfolio portfolio = portfolios(5).of(USERS.get(0).uid());
    long end = START + 30L * 86_400_000;
    for (LedgerEntry entry : portfolio.bills(Account.FUNDING, end)) {
      Asset asset = Asset.valueOf(entry.bill().ccy());
      long before = portfolio.holdings(entry.atMillis() - 1).total(asset);
      long after = portfolio.holdings(entry.atMillis()).total(asset);
      boolean within = Set.of("75", "76", "130", "131").contains(entry.bill().type());
      assertThat(Asset.units(after - before))
          .isEqualByComparingTo(within ? BigDecimal.ZERO : entry.bill().change());
    }
  }

  @Test
  void at_the_start_the_newest_3_days_show_each_kind_of_event() {
    Portfolios portfolios = new Portfolios(7, START, SimulatedUser.named(300, random()));
    for (SimulatedUser user : SimulatedUser.named(300, random())) {
      Portfolio portfolio = portfolios.of(user.uid());
      assertThat(portfolio.bills(Account.FUNDING, START))
          .extracting(entry -> entry.bill().type())
          .contains("1", "2", "130", "131", "75", "76");
      assertThat(portfolio.withdrawals(START))
          .isNotEmpty()
          .allSatisfy(each -> assertThat(each.state(START)).isIn("2", "-2"));
    }
  }

  @Test
  void a_deposit_arrives_within_two_minutes_of_the_start() {
    for (SimulatedUser user : SimulatedUser.named(300, random())) {
      Portfolio portfolio = portfolios(3).of(user.uid());
      assertThat(portfolio.bills(Account.FUNDING, START + 90_000))
          .filteredOn(entry -> entry.atMillis() > START)
          .singleElement()
          .satisfies(entry -> assertThat(entry.bill().type()).isEqualTo("1"));
    }
  }

  @Test
  void events_are_hours_apart() {
    List<SimulatedUser> users = SimulatedUser.named(500, random());
    Portfolios portfolios = new Portfolios(7, START, users);
    long events = 0;
    for (SimulatedUser user : users) {
      events +=
          portfolios.of(user.uid()).bills(Account.FUNDING, START + DAY).stream()
              .filter(entry -> entry.atMillis() > START)
              .filter(entry -> !entry.bill().type().equals("13"))
              .count();
    }
    assertThat(24.0 * users.size() / events).isBetween(3.0, 4.5);
  }

  @Test
  void of_500_users_no_more_than_30_withdraw_within_any_half_hour_of_a_day() {
    List<SimulatedUser> users = SimulatedUser.named(500, random());
    Portfolios portfolios = new Portfolios(7, START, users);
    long[] withdrawals = new long[48];
    for (SimulatedUser user : users) {
      for (SimulatedWithdrawal each : portfolios.of(user.uid()).withdrawals(START + DAY - 1)) {
        if (each.atMillis() >= START) {
          withdrawals[(int) ((each.atMillis() - START) / (DAY / 48))]++;
        }
      }
    }
    assertThat(LongStream.of(withdrawals).max().orElseThrow()).isLessThanOrEqualTo(30);
    assertThat(LongStream.of(withdrawals).sum()).isGreaterThan(300);
  }

  @Test
  void a_withdrawal_waits_first_and_ends_final_within_35_minutes() {
    Set<List<String>> courses = new HashSet<>();
    int cancelled = 0;
    int all = 0;
    for (SimulatedWithdrawal each : onChain()) {
      long last = each.states().get(each.states().size() - 1).fromMillis();
      assertThat(last - each.atMillis()).isLessThan(Duration.ofMinutes(35).toMillis());
      assertThat(each.state(each.atMillis())).isEqualTo("0");
      assertThat(each.state(each.atMillis() + 900)).isEqualTo("0");
      courses.add(each.states().stream().map(SimulatedWithdrawal.StateSince::state).toList());
      cancelled += each.cancelledMillis().isPresent() ? 1 : 0;
      all++;
    }
    assertThat(courses)
        .containsExactlyInAnyOrder(
            List.of("0", "1", "2"), List.of("0", "4", "1", "2"), List.of("0", "-3", "-2"));
    assertThat((double) cancelled / all).isBetween(0.08, 0.17);
  }

  @Test
  void each_withdrawal_has_its_bill_at_the_request_and_one_that_undoes_it_if_cancelled() {
    for (SimulatedUser user : USERS) {
      Portfolio portfolio = portfolios(11).of(user.uid());
      long end = START + 4L * WEEK;
      Map<String, Set<String>> stated =
          portfolio.bills(Account.FUNDING, end).stream()
              .filter(entry -> Set.of("2", "13").contains(entry.bill().type()))
              .map(LedgerEntry::bill)
              .collect(
                  Collectors.groupingBy(
                      bill -> bill.type(),
                      Collectors.mapping(
                          bill -> bill.at().toEpochMilli() + " " + Asset.plain(bill.change()),
                          Collectors.toSet())));
      List<SimulatedWithdrawal> withdrawals = portfolio.withdrawals(end);
      assertThat(stated.get("2"))
          .isEqualTo(
              withdrawals.stream()
                  .map(each -> each.atMillis() + " " + Asset.plain(taken(each).negate()))
                  .collect(Collectors.toSet()));
      assertThat(stated.getOrDefault("13", Set.of()))
          .isEqualTo(
              withdrawals.stream()
                  .filter(each -> each.cancelledMillis().orElse(Long.MAX_VALUE) <= end)
                  .map(each -> each.cancelledMillis().getAsLong() + " " + Asset.plain(taken(each)))
                  .collect(Collectors.toSet()));
    }
  }

  @Test
  void a_payment_is_a_withdrawal_at_once_here_and_a_deposit_of_the_same_instant_there() {
    Portfolios portfolios = portfolios(13);
    Portfolio payer = portfolios.of(USERS.get(2).uid());
    Portfolio payee = portfolios.of(USERS.get(3).uid());
    long end = START + 4L * WEEK;
    List<SimulatedWithdrawal> payments =
        payer.withdrawals(end).stream().filter(SimulatedWithdrawal::internal).toList();
    assertThat(payments).hasSizeGreaterThan(5);
    for (SimulatedWithdrawal payment : payments) {
      assertThat(payment.state(payment.atMillis())).isEqualTo("2");
      assertThat(payment.fee()).isZero();
      assertThat(payee.bills(Account.FUNDING, end))
          .filteredOn(entry -> entry.atMillis() == payment.atMillis())
          .extracting(entry -> entry.bill().type() + " " + entry.bill().change())
          .containsExactly("1 " + payment.amount());
    }
  }

  @Test
  void a_payment_within_one_owner_is_booked_as_a_transfer_between_its_accounts() {
    SimulatedUser main = USERS.get(0);
    SimulatedUser sub = Keys.under(main, USERS.get(1));
    SimulatedUser second = Keys.under(main, USERS.get(2));
    assertThat(PaymentKind.of(main, sub)).isEqualTo(PaymentKind.DOWN);
    assertThat(PaymentKind.of(sub, main)).isEqualTo(PaymentKind.UP);
    assertThat(PaymentKind.of(sub, second)).isEqualTo(PaymentKind.ACROSS);
    Portfolios portfolios = new Portfolios(13, START, List.of(main, sub));
    assertThat(types(portfolios, main)).contains("20").doesNotContain("23");
    assertThat(types(portfolios, sub)).contains("23").doesNotContain("20");
  }

  @Test
  void keys_of_one_user_id_pay_nobody_and_have_one_portfolio() {
    SimulatedUser twin = Keys.sharing(USERS.get(0), USERS.get(1));
    Portfolios portfolios = new Portfolios(13, START, List.of(USERS.get(0), twin));
    assertThat(portfolios.of(USERS.get(0).uid()).withdrawals(START + 4L * WEEK))
        .noneMatch(SimulatedWithdrawal::internal);
  }

  @Test
  void no_two_bills_and_no_two_withdrawals_of_a_user_share_an_id() {
    for (SimulatedUser user : USERS) {
      Portfolio portfolio = portfolios(17).of(user.uid());
      assertThat(portfolio.bills(Account.FUNDING, START + 20L * WEEK))
          .extracting(entry -> entry.bill().id())
          .doesNotHaveDuplicates()
          .isSorted();
      assertThat(portfolio.withdrawals(START + 20L * WEEK))
          .extracting(SimulatedWithdrawal::id)
          .doesNotHaveDuplicates();
    }
  }

  private static Set<String> types(Portfolios portfolios, SimulatedUser user) {
    return portfolios.of(user.uid()).bills(Account.FUNDING, START + 4L * WEEK).stream()
        .map(entry -> entry.bill().type())
        .collect(Collectors.toSet());
  }

  private static List<SimulatedWithdrawal> onChain() {
    Portfolios portfolios = portfolios(19);
    return USERS.stream()
        .flatMap(user -> portfolios.of(user.uid()).withdrawals(START + 40L * WEEK).stream())
        .filter(each -> !each.internal())
        .toList();
  }

  private static BigDecimal taken(SimulatedWithdrawal withdrawal) {
    return withdrawal.amount().add(withdrawal.fee());
  }

  private static String all(Portfolio portfolio, long millis) {
    Map<Account, String> amounts = new EnumMap<>(Account.class);
    for (Account account : EnumSet.allOf(Account.class)) {
      amounts.put(
          account,
          Stream.of(Asset.values())
              .map(asset -> asset + " " + portfolio.holdings(millis).amount(account, asset))
              .collect(Collectors.joining(", ")));
    }
    String bills =
        portfolio.bills(Account.FUNDING, millis).stream()
            .map(entry -> entry.bill().id() + " " + entry.bill().change() + " " + entry.balance())
            .collect(Collectors.joining("\n"));
    return amounts
        + bills
        + portfolio.withdrawals(millis).stream()
            .map(each -> each.id() + " " + each.amount() + " " + each.states())
            .toList();
  }

  private static BigDecimal funding(Portfolio portfolio, Asset asset, long millis) {
    return Asset.units(portfolio.holdings(millis).amount(Account.FUNDING, asset));
  }

  private static Portfolios portfolios(long seed) {
    return new Portfolios(seed, START, USERS);
  }

  private static SplittableRandom random() {
    return new SplittableRandom(2);
  }
}
