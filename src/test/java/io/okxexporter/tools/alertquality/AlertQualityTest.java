package io.okxexporter.tools.alertquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.okxexporter.alerts.RuleFile;
import io.okxexporter.tools.alertquality.Holdings.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The measurement itself, and what docs/alert-quality.md claims about it. */
class AlertQualityTest {
  private static final Path PAGE = Path.of("docs/alert-quality.md");
  private static final List<Portfolio> THREE =
      List.of(Portfolio.UNLEVERED, Portfolio.ALTCOIN, Portfolio.SHORT);

  @Test
  void every_alert_is_judged() {
    assertThat(RuleFile.alerts())
        .extracting(rule -> rule.path("alert").asText())
        .allMatch(
            alert ->
                WithdrawalJudge.ALERTS.contains(alert)
                    || AlertExpectation.ALL.stream().anyMatch(each -> each.alert().equals(alert)));
  }

  @Test
  void the_page_has_the_tables_and_the_command() {
    String page = RuleFile.read(PAGE);
    Tables empty = new Tables(new Score());
    assertThat(page).contains("-Dmain.class=" + AlertQuality.class.getName());
    assertThat(page).contains(empty.withdrawals().lines().limit(2).toList());
    assertThat(page).contains(empty.alerts().lines().limit(2).toList());
    assertThat(firstCells(empty.alerts())).allMatch(cell -> page.contains("\n| " + cell + " |"));
  }

  /** A change of the rules requires a new measurement or a smaller claim. */
  @Test
  void what_the_page_says_was_measured_with_the_rules_as_they_are() throws IOException {
    String rules = Promtool.fingerprint(RuleFile.only(WithdrawalJudge.ALERTS));
    try (Stream<Path> measured = Files.list(AlertQuality.MEASURED)) {
      List<String> names = measured.map(file -> file.getFileName().toString()).toList();
      assertThat(names).isNotEmpty().allMatch(name -> name.startsWith(rules + "-"));
      assertThat(RuleFile.read(PAGE))
          .contains(
              String.format(
                  "%.0f user-months, seeds 1 to %d,", names.size() * 48 * 7 / 30.0, names.size()));
    }
  }

  private static Stream<String> firstCells(String table) {
    return table.lines().skip(2).map(line -> line.split(" \\| |\\| ", -1)[1]);
  }

  @Test
  void the_same_seed_makes_the_same_world() {
    assertThat(WorldGenerator.world(3, 2, 5, THREE).incidents())
        .isNotEmpty()
        .isEqualTo(WorldGenerator.world(3, 2, 5, THREE).incidents())
        .isNotEqualTo(WorldGenerator.world(4, 2, 5, THREE).incidents());
  }

  /** The identity on which the rules rest, checked against the generator. */
  @Test
  void a_withdrawal_takes_its_share_in_every_unit() {
    World world = WorldGenerator.world(3, 3, 5, THREE);
    assertThat(world.incidents())
        .filteredOn(each -> each.type() == IncidentType.WITHDRAWAL)
        .isNotEmpty()
        .allSatisfy(
            each -> {
              Member member = world.member(String.valueOf(each.user()));
              for (String ccy : member.ccys()) {
                double before = worth(world, member, ccy, each.from(), each.from() - 1);
                double after = worth(world, member, ccy, each.from(), each.from());
                assertThat(after / before - 1).isBetween(each.size() - 1e-6, each.size() + 1e-6);
              }
            });
  }

  /** The value of the holdings at one time in the prices of another. */
  private static double worth(World world, Member member, String ccy, long prices, long owned) {
    return member.at((double) owned).worth(coin -> world.prices().usd(coin, (double) prices))
        / world.prices().usd(Coin.valueOf(ccy), (double) prices);
  }

  @Test
  void a_transfer_between_accounts_leaves_the_worth_as_it_is() {
    Holdings before =
        Holdings.none().add(Account.TRADING, Coin.BTC, 2).add(Account.FUNDING, Coin.USDT, 5);
    Holdings after = before.transfer(Account.TRADING, Account.EARN, 0.25);
    assertThat(after.coins(Account.EARN)).containsEntry(Coin.BTC, 0.5);
    assertThat(after.worth(coin -> coin.usd)).isEqualTo(before.worth(coin -> coin.usd));
  }

  /** Bitcoin loses 60 % at minute 200; at 300 all of trading moves to funding. */
  @Test
  void losses_are_reckoned_from_what_is_owned_and_the_true_prices() {
    Incident crash = new Incident(IncidentType.MOVE, null, null, 12_000, 12_060, -0.6);
    Prices prices = new Prices(new SplittableRandom(1), 500, List.of(crash));
    Holdings holdings =
        Holdings.none().add(Account.TRADING, Coin.BTC, 1).add(Account.FUNDING, Coin.BTC, 1);
    Member member =
        new Member("main", Portfolio.UNLEVERED, "1", "1", List.of("USDT"), new TreeMap<>());
    member.history().put(0L, holdings);
    member.history().put(18_000L, holdings.transfer(Account.TRADING, Account.FUNDING, 1));
    assertThat(LossIncidents.of(new World(500, prices, List.of(member), List.of(crash))))
        .extracting(Incident::type, each -> each.from() / 60, each -> each.until() / 60)
        .containsExactly(
            tuple(IncidentType.BELOW_FLOOR, 201L, 500L),
            tuple(IncidentType.MARKET_DIP, 201L, 261L),
            tuple(IncidentType.BELOW_PEAK, 201L, 500L),
            tuple(IncidentType.MARKET_LOSS, 201L, 261L),
            tuple(IncidentType.DRAWDOWN, 201L, 500L),
            tuple(IncidentType.EMPTIED, 300L, 360L));
  }

  @Test
  void what_arithmetic_leaves_of_an_emptied_account_is_not_withdrawn() {
    Incident all = new Incident(IncidentType.WITHDRAWAL, "main", null, 6_000, 6_000, -1);
    Incident rest = new Incident(IncidentType.WITHDRAWAL, "main", null, 9_000, 9_000, -0.5);
    Member member =
        new Member("main", Portfolio.UNLEVERED, "1", "1", List.of("USDT"), new TreeMap<>());
    member.history().put(0L, Holdings.none().add(Account.FUNDING, Coin.USDT, 5));
    member.history().put(6_000L, Holdings.none().add(Account.FUNDING, Coin.USDT, 1e-13));
    Prices prices = new Prices(new SplittableRandom(1), 200, List.of());
    World world = new World(200, prices, List.of(member), List.of(all, rest));
    assertThat(Withdrawal.of(world, new Visibility(new Recording(200, Set.of()))))
        .extracting(Withdrawal::minute)
        .containsExactly(100);
  }

  @Test
  void an_alert_is_read_back_whatever_its_labels() {
    List<Firing> firings =
        Promtool.parse(
            """
            FAILED: expr: "…", time: 1h39m,
              got: {account="earn", alertname="OkxAccountEmptied", user="a"} 3.2E+01,
                   {alertname="OkxKeyRefused", user="b"} 1E+00
            """,
            50);
    assertThat(firings)
        .extracting(Firing::alert, each -> each.label("user"), Firing::begins)
        .containsExactlyInAnyOrder(
            tuple("OkxAccountEmptied", "a", List.of(55)), tuple("OkxKeyRefused", "b", List.of(50)));
  }

  @Test
  void a_window_that_promtool_gives_up_is_not_one_without_alerts() {
    String said = "FAILED: expr: \"…\", time: 1h39m, err: too many samples\n";
    assertThatThrownBy(() -> Promtool.parse(said, 50)).hasMessageContaining("too many samples");
  }

  @Test
  void what_fired_is_kept_as_a_line() {
    String line = "alertname=OkxAssetsLeft main_uid=1 severity=critical window=10m 0-3 61-61";
    assertThat(Firing.of(line)).hasToString(line);
    assertThat(Firing.of(line).label("main_uid")).isEqualTo("1");
    assertThat(Firing.of(line).begins()).containsExactly(0, 61);
  }

  @Test
  void values_are_written_in_short_where_they_repeat() {
    double none = Double.NaN;
    assertThat(Promtool.values(new double[] {none, none, 5, 5, 5, 7.25, none, none, 60, 120, 180}))
        .isEqualTo("_x2 5+0x2 7.25 stale _x1 60+60x2");
  }
}
