package io.okxexporter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.Config;
import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.VirtualTransport;
import io.okxexporter.fixture.World;
import io.okxexporter.ledger.FlowSummary;
import io.okxexporter.model.Bill;
import io.okxexporter.model.Endpoint;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.ScriptedLedger;
import io.okxexporter.simulator.ScriptedLedgers;
import io.okxexporter.simulator.SimulatedResponse;
import io.okxexporter.simulator.SimulatedUser;
import io.okxexporter.store.UserView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the whole exporter shows of OKX's ledgers, in virtual time. */
class FlowsTest {
  private static final Set<String> LEDGERS =
      Set.of(
          Endpoint.ASSET_BILLS.path(),
          Endpoint.ACCOUNT_BILLS.path(),
          Endpoint.SUB_ACCOUNT_BILLS.path(),
          Endpoint.WITHDRAWAL_HISTORY.path(),
          Endpoint.FIAT_WITHDRAWALS.path(),
          Endpoint.INDEX_TICKERS.path());

  private final List<SimulatedUser> users = SimulatedUser.named(2, new Random(1));
  private final Config config =
      Config.defaults(users.stream().map(World.asking("USDT", "BTC")).toList());
  private final World world = new World(users, 1, config);
  private final ScriptedLedger ledger = world.exchange.ledgers().of(users.get(0).uid());
  private int bills;

  private void bill(Instant at, String change, String type) {
    bills++;
    ledger.add(new Bill("" + bills, at, "BTC", new BigDecimal(change), type));
  }

  private List<String> lines(Exporter exporter, String family) {
    return Exporters.metrics(exporter)
        .lines()
        .filter(line -> line.startsWith(family + "{") && line.contains("user=\"user1\""))
        .toList();
  }

  private List<String> flows() {
    return lines(world.exporter, "okx_flow_amount");
  }

  /** The withdrawals in BTC: stage, amount, and whether a flow is named. */
  private List<String> stages() {
    Pattern line =
        Pattern.compile(
            "\\w+\\{ccy=\"BTC\",(flow_time=\"[^\"]+\",)?stage=\"(\\w+)\",time=.*} (\\S+)");
    return lines(world.exporter, "okx_withdrawal_amount").stream()
        .map(line::matcher)
        .filter(Matcher::matches)
        .map(it -> it.group(2) + " " + it.group(3) + (it.group(1) == null ? "" : " is a flow"))
        .toList();
  }

  @Test
  void a_withdrawal_is_pending_before_it_is_final_and_a_flow_within_an_interval() {
    world.time.advance(Duration.ofSeconds(50));
    assertThat(flows()).isEmpty();
    Instant at = world.time.now();
    ledger.addWithdrawal(
        "77",
        "BTC",
        new BigDecimal("0.5"),
        new TreeMap<>(Map.of(at, "0", at.plusSeconds(60), "1", at.plusSeconds(600), "2")));
    bill(at, "-0.5005", "2");
    world.time.advance(Duration.ofSeconds(7));
    assertThat(lines(world.exporter, "okx_withdrawals_pending"))
        .contains("okx_withdrawals_pending{stage=\"cancellable\",user=\"user1\"} 1.0");
    assertThat(stages()).containsExactly("cancellable 0.5");
    world.time.advance(Duration.ofSeconds(28));
    assertThat(flows())
        .singleElement()
        .asString()
        .contains("kind=\"withdrawal\"")
        .endsWith("} 0.5005");
    assertThat(stages()).containsExactly("cancellable 0.5 is a flow");
    world.time.advance(Duration.ofSeconds(40));
    assertThat(lines(world.exporter, "okx_withdrawals_pending"))
        .contains("okx_withdrawals_pending{stage=\"in_progress\",user=\"user1\"} 1.0");
    world.time.advance(Duration.ofMinutes(10));
    assertThat(lines(world.exporter, "okx_withdrawals_pending"))
        .allMatch(line -> line.endsWith(" 0.0"));
    assertThat(stages()).containsExactly("done 0.5 is a flow");
    assertThat(flows()).hasSize(1);
  }

  @Test
  void a_restart_shows_the_same_series_within_ten_seconds() {
    for (int hour = 1; hour < 70; hour++) {
      bill(
          World.START.minus(Duration.ofHours(hour)),
          hour % 3 == 0 ? "-0.1" : "0.2",
          hour % 3 == 0 ? "2" : "1");
    }
    world.time.advance(Duration.ofMinutes(2));
    List<String> before = flows();
    assertThat(before).hasSize(69);
    Exporter restarted =
        Exporters.of(
            config,
            new Exporter.Ports(
                world.time, world.time, new VirtualTransport(world.exchange, world.time)),
            new Random(7));
    world.exporter.close();
    restarted.start();
    world.time.advance(Duration.ofSeconds(10));
    assertThat(lines(restarted, "okx_flow_amount")).isEqualTo(before);
    assertThat(lines(restarted, "okx_flows")).isEqualTo(lines(world.exporter, "okx_flows"));
  }

  @Test
  void a_bill_of_an_unknown_type_or_with_a_wrong_sign_is_a_flow() {
    bill(World.START.minusSeconds(10), "-1", "9999");
    bill(World.START.minusSeconds(20), "-2", "1");
    world.time.advance(Duration.ofSeconds(40));
    assertThat(flows()).hasSize(2).allMatch(line -> line.contains("kind=\"other\""));
  }

  @Test
  void a_flow_leaves_after_72_hours_and_all_leave_when_the_ledger_has_not_been_read_for_long() {
    bill(World.START.minus(FlowSummary.WINDOW).plusSeconds(120), "1", "1");
    bill(World.START.minusSeconds(10), "1", "1");
    world.time.advance(Duration.ofMinutes(1));
    assertThat(flows()).hasSize(2);
    world.time.advance(Duration.ofSeconds(100));
    assertThat(flows()).hasSize(1);
    ledger.refuse(Endpoint.ASSET_BILLS.path(), "50001");
    world.time.advance(Duration.ofMinutes(4));
    assertThat(flows()).hasSize(1);
    world.time.advance(Duration.ofMinutes(2));
    assertThat(flows()).isEmpty();
    assertThat(lines(world.exporter, "okx_flows")).isEmpty();
    assertThat(lines(world.exporter, "okx_ledger_failing"))
        .containsExactly(
            "okx_ledger_failing{ledger=\"funding\",reason=\"unavailable\",user=\"user1\"} 1.0");
  }

  @Test
  void a_transfer_from_trading_to_trading_is_stated_to_the_main_and_inferred_for_the_sub() {
    SimulatedUser main = users.get(0);
    SimulatedUser sub =
        new SimulatedUser(
            "sub",
            "123456789012345678",
            main.uid(),
            SimulatedUser.unnamed(new Random(4)).credentials(),
            false,
            main.settings());
    World fund =
        new World(
            List.of(main, sub),
            1,
            Config.defaults(Stream.of(main, sub).map(World.asking("USDT")).toList()));
    ScriptedLedgers ledgers = fund.exchange.ledgers();
    ledgers.of(main.uid());
    Instant at = World.START.minus(Duration.ofMinutes(9));
    ledgers.toSubAccount(at, "BTC", new BigDecimal("2.5"), main.uid(), sub.uid());
    fund.time.advance(Duration.ofSeconds(30));
    String amount =
        "okx_flow_amount{ccy=\"BTC\",direction=\"%s\",kind=\"sub_account\",time=\"%s\",user=\"%s\"} 2.5";
    String time = "2025-12-31T23:51:00.000Z";
    assertThat(fund.metrics()).contains(amount.formatted("out", time, main.name()));
    assertThat(fund.metrics()).doesNotContain(amount.formatted("in", time, "sub"));
    fund.time.advance(Duration.ofMinutes(3));
    assertThat(fund.metrics())
        .contains(amount.formatted("out", time, main.name()))
        .contains(amount.formatted("in", time, "sub"));
  }

  @Test
  void the_bills_of_a_busy_bot_in_two_ledgers_are_complete_within_30_seconds() {
    SimulatedUser bot = users.get(0);
    SimulatedUser sub =
        new SimulatedUser(bot.name(), bot.uid(), "1", bot.credentials(), false, bot.settings());
    World world =
        new World(List.of(sub), 1, Config.defaults(List.of(World.asking("USDT").apply(sub))));
    ScriptedLedgers ledgers = world.exchange.ledgers();
    for (int minute = 4_319; minute > 0; minute--) {
      ledgers.toTrading(
          World.START.minus(Duration.ofMinutes(minute)), "USDT", BigDecimal.TEN, sub.uid());
    }
    Instant lone = World.START.minus(Duration.ofHours(71));
    ledgers.lose(lone, "USDT", BigDecimal.TEN, sub.uid());
    world.time.advance(Duration.ofSeconds(30));
    assertThat(world.metrics().lines().filter(line -> line.startsWith("okx_flow_amount{")))
        .singleElement()
        .asString()
        .contains("kind=\"sub_account\"", "direction=\"out\"");
  }

  /** What ledgers may do without touching valuations. */
  enum Trouble {
    HANG,
    RESET,
    RUBBISH,
    BUSY
  }

  @ParameterizedTest
  @EnumSource
  void ledgers_in_trouble_touch_neither_up_nor_the_pace_of_valuations(Trouble trouble) {
    world.exchange.script(
        request ->
            LEDGERS.contains(request.path())
                ? new Behaviour(Duration.ofMillis(20), Duration.ofMillis(20), reaction(trouble))
                : new Behaviour(Duration.ZERO, Duration.ZERO, new Reaction.Normal()));
    world.time.advance(Duration.ofMinutes(10));
    World without =
        new World(
            users,
            1,
            new Config(
                config.pollInterval(),
                config.staleAfter(),
                150,
                true,
                true,
                config.users(),
                List.of()));
    without.time.advance(Duration.ofMinutes(10));
    assertThat(world.metrics())
        .contains("okx_up{user=\"user1\"} 1.0", "okx_up{user=\"user2\"} 1.0");
    assertThat(world.exchange.arrivals(Endpoint.ASSET_VALUATION))
        .isCloseTo(without.exchange.arrivals(Endpoint.ASSET_VALUATION), Offset.offset(1L));
    assertThat(lines(world.exporter, "okx_flow_amount")).isEmpty();
  }

  private static Reaction reaction(Trouble trouble) {
    return switch (trouble) {
      case HANG -> new Reaction.Stall();
      case RESET -> new Reaction.Reset();
      case RUBBISH -> new Reaction.Answer(SimulatedResponse.json(200, "{\"code\":\"0\"}"));
      case BUSY ->
          new Reaction.Answer(SimulatedResponse.json(503, "{\"code\":\"50001\",\"msg\":\"\"}"));
    };
  }

  @Test
  void every_limit_of_every_endpoint_is_kept_for_many_users_for_hours() {
    List<SimulatedUser> many = SimulatedUser.named(60, new Random(2));
    World busy =
        new World(
            many, 2, Config.defaults(many.stream().map(World.asking("USDT", "BTC")).toList()));
    busy.time.advance(Duration.ofHours(2));
    assertThat(Endpoint.values())
        .allSatisfy(endpoint -> assertThat(busy.exchange.violations(endpoint)).isZero());
    Set<String> shown =
        busy.metrics()
            .lines()
            .filter(line -> line.startsWith("okx_flows{"))
            .map(line -> line.replaceAll(".*user=\"|\".*", ""))
            .collect(Collectors.toSet());
    assertThat(shown).hasSize(60);
  }

  @Test
  @Tag("slow")
  void each_withdrawal_of_750_users_is_a_flow_within_a_minute() {
    List<SimulatedUser> many = SimulatedUser.named(750, new Random(5));
    World busy =
        new World(
            many, 5, Config.defaults(many.stream().map(World.asking("USDT", "BTC")).toList()));
    Random random = new Random(6);
    Map<String, Instant> left = new HashMap<>();
    for (SimulatedUser user : many) {
      Instant at = World.START.plusMillis(random.nextLong(120_000, 420_000));
      left.put(requireNonNull(user.name()), at);
      busy.exchange
          .ledgers()
          .of(user.uid())
          .add(new Bill("1", at, "BTC", BigDecimal.ONE.negate(), "2"));
    }
    Map<String, Duration> lateBy = new HashMap<>();
    for (int second = 0; second < 500; second++) {
      busy.time.advance(Duration.ofSeconds(1));
      for (UserView user : busy.exporter.view().users()) {
        FlowSummary flows = user.ledgers().flows();
        if (flows != null && !flows.flows().isEmpty()) {
          String name = user.user().displayName();
          lateBy.computeIfAbsent(name, any -> Duration.between(left.get(name), busy.time.now()));
        }
      }
    }
    assertThat(lateBy).hasSize(750);
    assertThat(Collections.max(lateBy.values())).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  @Tag("slow")
  void the_ledgers_of_500_users_are_read_soon_after_the_start() {
    List<SimulatedUser> many = SimulatedUser.named(500, new Random(7));
    World busy =
        new World(
            many, 7, Config.defaults(many.stream().map(World.asking("USDT", "BTC")).toList()));
    busy.time.advance(Duration.ofSeconds(70));
    assertThat(busy.exporter.view().users()).allMatch(user -> user.ledgers().flows() != null);
  }

  @Test
  void withdrawals_that_hang_for_many_users_leave_their_flows() {
    List<SimulatedUser> many = SimulatedUser.named(300, new Random(3));
    World busy =
        new World(
            many, 3, Config.defaults(many.stream().map(World.asking("USDT", "BTC")).toList()));
    busy.exchange.script(
        request ->
            new Behaviour(
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                request.path().contains("withdrawal")
                    ? new Reaction.Stall()
                    : new Reaction.Normal()));
    busy.time.advance(Duration.ofMinutes(12));
    String metrics = busy.metrics();
    assertThat(metrics.lines().filter(line -> line.startsWith("okx_up{") && line.endsWith(" 1.0")))
        .hasSize(300);
    assertThat(
            metrics
                .lines()
                .filter(
                    line -> line.startsWith("okx_flows{") && line.contains("in\",kind=\"deposit")))
        .hasSize(300);
    assertThat(metrics).doesNotContain("okx_withdrawals_pending{");
  }
}
