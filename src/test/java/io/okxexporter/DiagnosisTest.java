package io.okxexporter;

import static io.okxexporter.model.Endpoint.ACCOUNT_CONFIG;
import static io.okxexporter.model.Endpoint.ASSET_VALUATION;
import static io.okxexporter.model.Endpoint.PUBLIC_TIME;
import static io.okxexporter.model.Endpoint.SYSTEM_STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.Config;
import io.okxexporter.fixture.CapturedLog;
import io.okxexporter.fixture.Users;
import io.okxexporter.fixture.World;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.User;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Keys;
import io.okxexporter.simulator.Permission;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.Script;
import io.okxexporter.simulator.SimulatedMaintenance;
import io.okxexporter.simulator.SimulatedResponse;
import io.okxexporter.simulator.SimulatedUser;
import io.okxexporter.store.UserView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The diagnosis requests of the exporter and their effects, in virtual time. */
class DiagnosisTest {
  private final List<String> paths = new ArrayList<>();

  @Test
  void clock_and_key_are_asked_before_the_first_valuation() {
    World world = world(List.of(user("main")));
    world.exchange.script(recorded(request -> Behaviour.NORMAL));
    world.time.advance(Duration.ofSeconds(10));
    assertThat(paths)
        .containsExactly(
            PUBLIC_TIME.path(),
            SYSTEM_STATUS.path(),
            ACCOUNT_CONFIG.path(),
            ASSET_VALUATION.path(),
            ASSET_VALUATION.path());
  }

  @Test
  void what_a_key_is_and_may_do_becomes_a_metric() {
    SimulatedUser safe = Keys.under(user("other"), Keys.boundTo(user("safe"), "127.0.0.1"));
    SimulatedUser risky = Keys.allowing(user("risky"), Permission.READ_ONLY, Permission.TRADE);
    World world = world(List.of(safe, risky));
    try (CapturedLog log = new CapturedLog()) {
      world.time.advance(Duration.ofSeconds(20));
      assertThat(world.metrics())
          .contains(
              "okx_api_key_info{account_type=\"sub\",ip_bound=\"true\",main_uid=\""
                  + safe.mainUid()
                  + "\",permissions=\"read_only\",uid=\""
                  + safe.uid()
                  + "\",user=\"safe\"} 1\n")
          .contains("okx_api_key_read_only{user=\"safe\"} 1.0\n")
          .contains("permissions=\"read_only,trade\",uid=\"" + risky.uid())
          .contains("okx_api_key_read_only{user=\"risky\"} 0.0\n")
          .contains("okx_up{user=\"risky\"} 1.0\n");
      assertThat(log.text())
          .contains("level=warn component=diagnosis msg=\"key is not read-only\"")
          .contains("expires after 14 idle days")
          .doesNotContain("user=safe");
    }
  }

  @Test
  void a_key_that_may_trade_is_not_polled_with_where_that_is_not_allowed() {
    SimulatedUser risky = Keys.allowing(user("risky"), Permission.READ_ONLY, Permission.WITHDRAW);
    World world = world(List.of(user("safe"), risky), false);
    world.time.advance(Duration.ofHours(3));
    assertThat(world.exchange.arrivals(risky.uid())).isZero();
    assertThat(world.metrics())
        .contains("okx_up{user=\"risky\"} 0.0\n", "okx_up{user=\"safe\"} 1.0\n")
        .contains("okx_api_key_read_only{user=\"risky\"} 0.0\n");
  }

  @Test
  void a_key_is_asked_about_hourly_and_maintenance_every_minute() {
    World world = world(List.of(user("main")));
    world.time.advance(Duration.ofDays(1));
    assertThat(world.exchange.arrivals(ACCOUNT_CONFIG)).isBetween(24L, 48L);
    assertThat(world.exchange.arrivals(SYSTEM_STATUS)).isBetween(1430L, 1441L);
    assertThat(world.exchange.arrivals(PUBLIC_TIME)).isBetween(285L, 290L);
    assertNoViolations(world);
  }

  @Test
  void one_switch_turns_off_everything_but_the_valuation() {
    World world = new World(1, List.of(user("main")), Duration.ofSeconds(15), World.asking("USDT"));
    world.time.advance(Duration.ofHours(2));
    assertThat(world.exchange.arrivals(ACCOUNT_CONFIG)).isZero();
    assertThat(world.exchange.arrivals(SYSTEM_STATUS)).isZero();
    assertThat(world.exchange.arrivals(PUBLIC_TIME)).isZero();
    assertThat(world.exchange.arrivals()).isGreaterThan(400);
  }

  @ParameterizedTest
  @CsvSource({"-PT45S, -45.0", "PT10M, 600.0"})
  void a_clock_that_is_off_from_the_start_refuses_nothing(Duration off, String skew) {
    World world = world(List.of(user("main")));
    world.exchange.clockOffset(off.negated());
    try (CapturedLog log = new CapturedLog()) {
      world.time.advance(Duration.ofSeconds(13));
      assertThat(world.metrics())
          .contains("okx_clock_skew_seconds{host=\"127.0.0.1:1\"} " + skew + "\n")
          .contains("okx_up{user=\"main\"} 1.0\n")
          .contains("reason=\"clock\",user=\"main\"} 0.0\n");
      // The age is measured by OKX's clock, so the local skew does not distort it.
      assertThat(gauge(world, "okx_asset_valuation_age_seconds{ccy=\"USDT\"")).isBetween(0.0, 13.0);
      assertThat(log.text()).contains("local clock is off; signing requests with OKX's time");
    }
  }

  @ParameterizedTest
  @CsvSource({"-PT45S", "PT10M"})
  void a_clock_that_steps_later_costs_two_requests_at_most(Duration step) {
    World world = world(List.of(user("main")));
    world.time.advance(Duration.ofMinutes(3));
    world.exchange.clockOffset(step.negated());
    world.time.advance(Duration.ofSeconds(70));
    assertThat(gauge(world, failures("clock"))).isBetween(1.0, 2.0);
    assertThat(world.metrics()).contains("okx_up{user=\"main\"} 1.0\n");
    world.exchange.clockOffset(Duration.ZERO);
    world.time.advance(Duration.ofMinutes(7));
    assertThat(world.metrics()).contains("okx_up{user=\"main\"} 1.0\n");
    assertThat(gauge(world, "okx_clock_skew_seconds{host=\"127.0.0.1:1\"")).isZero();
  }

  @Test
  void a_clock_that_steps_twice_within_30_s_is_measured_twice() {
    World world = world(List.of(user("main")));
    world.time.advance(Duration.ofMinutes(3));
    for (int step = 1; step <= 5; step++) {
      double before = gauge(world, failures("clock"));
      world.exchange.clockOffset(Duration.ofMinutes(-10L * step));
      while (gauge(world, failures("clock")) == before) {
        world.time.advance(Duration.ofSeconds(1));
      }
      world.time.advance(Duration.ofSeconds(4));
      assertThat(gauge(world, "okx_clock_skew_seconds{host=\"127.0.0.1:1\""))
          .as("step " + step)
          .isEqualTo(600.0 * step);
      assertThat(gauge(world, failures("clock"))).isEqualTo(before + 1);
    }
    assertNoViolations(world);
  }

  @Test
  void a_measurement_that_a_refusal_contradicts_in_vain_is_not_repeated_for_30_s() {
    World world = world(List.of(user("main")));
    world.exchange.script(only(ASSET_VALUATION, response(401, "{\"code\":\"50102\"}")));
    world.time.advance(Duration.ofMinutes(10));
    assertThat(world.exchange.arrivals(PUBLIC_TIME)).isBetween(10L, 22L);
  }

  @Test
  void one_measurement_serves_all_users_however_many_are_refused_at_once() {
    List<SimulatedUser> users = SimulatedUser.named(40, new Random(7));
    World world = world(users);
    world.time.advance(Duration.ofMinutes(1));
    long before = world.exchange.arrivals(PUBLIC_TIME);
    world.exchange.clockOffset(Duration.ofMinutes(-10));
    world.time.advance(Duration.ofSeconds(45));
    assertThat(world.exchange.arrivals(PUBLIC_TIME) - before).isBetween(1L, 2L);
    assertThat(world.metrics())
        .doesNotContain("okx_failing{")
        .doesNotContain("okx_up{user=\"user1\"} 0.0");
    assertNoViolations(world);
  }

  @Test
  void a_clock_that_cannot_be_measured_is_tried_at_most_every_30_s() {
    World world = world(List.of(user("main")));
    world.exchange.clockOffset(Duration.ofMinutes(10));
    world.exchange.script(only(PUBLIC_TIME, response(503, "")));
    world.time.advance(Duration.ofMinutes(10));
    assertThat(world.exchange.arrivals(PUBLIC_TIME)).isBetween(10L, 21L);
    assertThat(gauge(world, failures("clock"))).isLessThan(30);
    assertThat(world.metrics()).doesNotContain("okx_clock_skew_seconds{");
  }

  @Test
  void two_names_of_one_uid_never_break_the_limit_since_the_facts_come_first() {
    SimulatedUser one = user("one");
    World world = fullSpeed(List.of(one, Keys.sharing(one, user("two"))));
    try (CapturedLog log = new CapturedLog()) {
      world.time.advance(Duration.ofMinutes(10));
      assertNoViolations(world);
      assertThat(log.text())
          .contains("two users have the same User ID; from now on they share one rate limit budget")
          .contains("users=\"one,two\"")
          .contains("rate_limit_group");
    }
    assertThat(world.exporter.view().users())
        .extracting(UserView::budget)
        .containsOnly(new RateLimitGroup("one", false));
    assertThat(world.exchange.arrivals()).isGreaterThan(450);
    assertThat(gauge(world, "okx_poll_interval_seconds{ccy=\"BTC\",user=\"two\""))
        .isBetween(10.2, 12.0);
  }

  @Test
  void two_names_of_one_uid_found_out_late_break_the_limit_no_more_after_that() {
    SimulatedUser one = user("one");
    World world = fullSpeed(List.of(one, Keys.sharing(one, user("two")), user("three")));
    Random random = new Random(3);
    Instant revealed = World.START.plus(Duration.ofMinutes(5));
    world.exchange.script(
        request ->
            request.path().equals(ACCOUNT_CONFIG.path()) && world.time.now().isBefore(revealed)
                ? Behaviour.of(response(500, "{\"code\":\"50026\"}"))
                : new Behaviour(
                    Duration.ofMillis(random.nextInt(300)),
                    Duration.ofMillis(random.nextInt(300)),
                    new Reaction.Normal()));
    world.time.advance(Duration.ofMinutes(5));
    long before = world.exchange.violations();
    assertThat(before).isGreaterThan(10);
    while (world.metrics().lines().filter(line -> line.startsWith("okx_api_key_info")).count()
        < 3) {
      world.time.advance(Duration.ofSeconds(1));
    }
    world.time.advance(Duration.ofSeconds(1));
    long after = world.exchange.violations();
    world.time.advance(Duration.ofMinutes(20));
    assertThat(world.exchange.violations()).isEqualTo(after);
    assertThat(world.metrics())
        .contains("okx_up{user=\"one\"} 1.0\n", "okx_up{user=\"two\"} 1.0\n");
  }

  @Test
  void maintenance_is_shown_with_its_earliest_begin_and_its_latest_end() {
    World world = world(List.of(user("main")));
    world.exchange.maintenance(
        List.of(
            window(SimulatedMaintenance.State.SCHEDULED, 3600, 7200),
            window(SimulatedMaintenance.State.SCHEDULED, 1800, 5400),
            window(SimulatedMaintenance.State.ONGOING, -60, 600)));
    world.time.advance(Duration.ofSeconds(5));
    assertThat(world.metrics().lines().filter(line -> line.startsWith("okx_maintenance")))
        .containsExactlyInAnyOrder(
            line("okx_maintenance", "ongoing", "1.0"),
            line("okx_maintenance", "scheduled", "1.0"),
            line("okx_maintenance_begin_timestamp_seconds", "ongoing", at(-60)),
            line("okx_maintenance_begin_timestamp_seconds", "scheduled", at(1800)),
            line("okx_maintenance_end_timestamp_seconds", "ongoing", at(600)),
            line("okx_maintenance_end_timestamp_seconds", "scheduled", at(7200)));
    world.exchange.maintenance(List.of());
    world.time.advance(Duration.ofSeconds(65));
    assertThat(world.metrics()).doesNotContain("okx_maintenance");
  }

  static List<Reaction> disturbances() {
    return List.of(
        new Reaction.Stall(),
        new Reaction.Reset(),
        response(200, "<html>rubbish"),
        response(200, "{\"code\":\"0\",\"data\":[{}]}"),
        response(401, "{\"code\":\"50120\"}"),
        response(429, "{\"code\":\"50011\"}"));
  }

  @ParameterizedTest
  @MethodSource("disturbances")
  void nothing_beside_the_valuation_can_disturb_it(Reaction disturbance) {
    World disturbed = fullSpeed(List.of(user("main")));
    disturbed.exchange.script(
        request ->
            request.path().equals(ASSET_VALUATION.path())
                ? Behaviour.NORMAL
                : Behaviour.of(disturbance));
    World calm = fullSpeed(List.of(user("main")));
    // The first valuation waits for one clock request and one key request, 5 s each.
    disturbed.time.advance(Duration.ofSeconds(15));
    calm.time.advance(Duration.ofSeconds(15));
    long before = disturbed.exchange.arrivals();
    long calmBefore = calm.exchange.arrivals();
    disturbed.time.advance(Duration.ofMinutes(30));
    calm.time.advance(Duration.ofMinutes(30));
    assertThat(disturbed.exchange.arrivals() - before)
        .isBetween(
            calm.exchange.arrivals() - calmBefore - 1, calm.exchange.arrivals() - calmBefore + 1);
    assertThat(disturbed.metrics()).contains("okx_up{user=\"main\"} 1.0\n");
    assertThat(disturbed.metrics())
        .containsPattern(
            "okx_api_request_failures_total\\{endpoint=\"/api/v5/public/time\",reason");
    assertNoViolations(disturbed);
  }

  private static void assertNoViolations(World world) {
    for (Endpoint endpoint : Endpoint.values()) {
      assertThat(world.exchange.violations(endpoint)).as(endpoint.path()).isZero();
    }
  }

  private Script recorded(Script script) {
    return request -> {
      paths.add(request.path());
      return script.next(request);
    };
  }

  private static Script only(Endpoint endpoint, Reaction reaction) {
    return request ->
        request.path().equals(endpoint.path()) ? Behaviour.of(reaction) : Behaviour.NORMAL;
  }

  private static Reaction response(int status, String body) {
    return new Reaction.Answer(SimulatedResponse.json(status, body));
  }

  private static SimulatedUser user(String name) {
    Random random = new Random(name.hashCode());
    SimulatedUser invented = SimulatedUser.unnamed(random);
    return new SimulatedUser(name, invented.uid(), invented.credentials(), false);
  }

  private static World world(List<SimulatedUser> users) {
    return world(users, true);
  }

  private static World world(List<SimulatedUser> users, boolean allowTradingKeys) {
    return world(users, Duration.ofSeconds(15), allowTradingKeys, "USDT", "BTC");
  }

  private static World fullSpeed(List<SimulatedUser> users) {
    return world(users, Duration.ofSeconds(1), true, "USDT", "BTC", "EUR", "USD", "JPY");
  }

  private static World world(
      List<SimulatedUser> users, Duration pollInterval, boolean allowTradingKeys, String... ccys) {
    List<User> configured = users.stream().map(World.asking(ccys)).toList();
    Config config =
        new Config(
            pollInterval,
            Duration.ofMinutes(5),
            100,
            true,
            allowTradingKeys,
            configured,
            List.of());
    return new World(users, 1, config);
  }

  private static SimulatedMaintenance window(
      SimulatedMaintenance.State state, long beginsIn, long endsIn) {
    return new SimulatedMaintenance(
        state,
        World.START.plusSeconds(beginsIn),
        World.START.plusSeconds(endsIn),
        false,
        "upgrade",
        "unified");
  }

  private static String line(String name, String state, String value) {
    return name + "{host=\"127.0.0.1:1\",mode=\"live\",state=\"" + state + "\"} " + value;
  }

  private static String at(long seconds) {
    return Double.toString((double) World.START.plusSeconds(seconds).getEpochSecond());
  }

  private static String failures(String reason) {
    return "okx_api_request_failures_total{endpoint=\"/api/v5/asset/asset-valuation\",reason=\""
        + reason;
  }

  private static double gauge(World world, String start) {
    return world
        .metrics()
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void one_code_on_all_endpoints_of_a_user_without_a_name_is_one_sample() {
    World world = world(List.of(SimulatedUser.unnamed(new Random(1))));
    world.exchange.script(request -> Behaviour.of(response(503, "{\"code\":\"50001\"}")));
    world.time.advance(Duration.ofSeconds(30));
    assertThat(gauge(world, "okx_api_errors_total{code=\"50001\"}")).isGreaterThan(4);
  }

  @Test
  void a_clock_put_right_while_it_cannot_be_measured_locks_nobody_out() {
    World world = world(List.of(user("main")));
    world.exchange.clockOffset(Duration.ofMinutes(-10));
    world.time.advance(Duration.ofMinutes(3));
    world.exchange.clockOffset(Duration.ZERO);
    world.exchange.script(only(PUBLIC_TIME, response(403, "")));
    world.time.advance(Duration.ofMinutes(3));
    assertThat(world.metrics())
        .contains("okx_up{user=\"main\"} 1.0\n")
        .doesNotContain("okx_clock_skew_seconds{");
  }

  @Test
  void maintenance_that_nobody_confirms_is_withdrawn() {
    World world = world(List.of(user("main")));
    world.exchange.maintenance(List.of(window(SimulatedMaintenance.State.ONGOING, -60, 600)));
    world.time.advance(Duration.ofMinutes(2));
    world.exchange.script(only(SYSTEM_STATUS, response(403, "")));
    world.time.advance(Duration.ofMinutes(3));
    assertThat(world.metrics()).contains("okx_maintenance{");
    world.time.advance(Duration.ofMinutes(5));
    assertThat(world.metrics()).doesNotContain("okx_maintenance{");
  }

  @Test
  void many_keys_of_one_user_id_keep_to_the_limit_of_the_facts() {
    List<SimulatedUser> keys = SimulatedUser.named(20, new Random(1));
    List<SimulatedUser> sharing = keys.stream().map(key -> Keys.sharing(keys.get(0), key)).toList();
    List<User> grouped =
        sharing.stream()
            .map(World.asking("USDT").andThen(user -> Users.inGroup("g", user)))
            .toList();
    World world = new World(sharing, 1, Users.config(Duration.ofSeconds(1), true, grouped));
    world.exchange.script(only(PUBLIC_TIME, new Reaction.Stall()));
    world.time.advance(Duration.ofMinutes(2));
    assertThat(world.exchange.arrivals(ACCOUNT_CONFIG)).isGreaterThanOrEqualTo(20);
    assertNoViolations(world);
  }

  @Tag("slow")
  @Test
  void hanging_questions_take_no_place_from_the_valuations_of_many_users() {
    List<SimulatedUser> users = SimulatedUser.named(750, new Random(1));
    List<User> configured = users.stream().map(World.asking("USDT", "BTC")).toList();
    World world =
        new World(
            users,
            1,
            new Config(
                Duration.ofSeconds(15),
                Duration.ofMinutes(5),
                100,
                true,
                true,
                configured,
                List.of()));
    world.time.advance(Duration.ofMinutes(2));
    world.exchange.script(only(ACCOUNT_CONFIG, new Reaction.Stall()));
    long before = world.exchange.arrivals();
    world.time.advance(Duration.ofMinutes(60));
    assertThat((world.exchange.arrivals() - before) / 3600.0).isGreaterThan(98.0);
  }
}
