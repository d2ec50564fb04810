package io.okxexporter;

import static io.okxexporter.fixture.Users.config;
import static io.okxexporter.fixture.Users.inGroup;
import static io.okxexporter.fixture.Users.keyed;
import static io.okxexporter.fixture.Users.onHost;
import static io.okxexporter.fixture.Users.through;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.Config;
import io.okxexporter.fixture.CapturedLog;
import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.fixture.World;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import io.okxexporter.okx.Transport;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Keys;
import io.okxexporter.simulator.Permission;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.SimulatedUser;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * Applies new configurations to a running exporter, in virtual time against the strict exchange.
 */
class ReloadTest {
  private static final Duration FULL_SPEED = Duration.ofSeconds(1);
  private static final Function<SimulatedUser, User> THREE_UNITS =
      World.asking("USDT", "BTC", "EUR");

  @Tag("slow")
  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void no_reload_at_any_moment_makes_a_request_too_early(@ForAll long seed) {
    Random random = new Random(seed);
    boolean diagnosis = random.nextBoolean();
    List<SimulatedUser> simulated = SimulatedUser.named(5, random);
    World world = world(simulated, diagnosis, simulated.stream().map(THREE_UNITS).toList());
    world.exchange.script(request -> faultOrDelay(random));
    for (int i = 0; i < 30; i++) {
      world.time.advance(Duration.ofMillis(random.nextInt(4000)));
      world.exporter.reload(
          config(randomInterval(random), diagnosis, randomUsers(simulated, random)));
    }
    world.time.advance(Duration.ofMinutes(1));
    assertThat(world.exchange.arrivals()).isGreaterThan(10);
    assertThat(world.exchange.violations()).isZero();
  }

  @Example
  void a_user_that_stays_does_not_notice() {
    List<SimulatedUser> simulated = SimulatedUser.named(3, new Random(1));
    List<User> before = simulated.stream().map(THREE_UNITS).toList();
    World reloaded = world(simulated, true, before.subList(0, 2));
    World unchanged = world(simulated, true, before.subList(0, 2));
    for (int i = 0; i < 20; i++) {
      reloaded.time.advance(Duration.ofMillis(1700));
      unchanged.time.advance(Duration.ofMillis(1700));
      List<User> others = i % 2 == 0 ? before : List.of(before.get(0), before.get(2));
      reloaded.exporter.reload(config(FULL_SPEED, true, others));
      assertThat(of("user1", reloaded)).isEqualTo(of("user1", unchanged)).isNotEmpty();
    }
  }

  @Example
  void a_removed_user_leaves_the_metrics_and_a_new_one_comes() {
    List<SimulatedUser> simulated = SimulatedUser.named(3, new Random(1));
    List<User> users = simulated.stream().map(THREE_UNITS).toList();
    World world = world(simulated, true, users.subList(0, 2));
    world.time.advance(Duration.ofSeconds(20));
    world.exporter.reload(config(FULL_SPEED, true, users.subList(1, 3)));
    world.time.advance(Duration.ofSeconds(20));
    assertThat(of("user1", world)).isEmpty();
    assertThat(world.metrics())
        .contains("okx_up{user=\"user2\"} 1.0\n", "okx_up{user=\"user3\"} 1.0\n");
  }

  @Example
  void a_changed_user_keeps_the_values_of_its_units_and_its_counters() {
    List<SimulatedUser> simulated = SimulatedUser.named(1, new Random(1));
    World world = world(simulated, true, simulated.stream().map(THREE_UNITS).toList());
    world.time.advance(Duration.ofSeconds(20));
    String requests = line(world, "okx_api_requests_total{endpoint=\"/api/v5/asset");
    String usdt = line(world, "okx_total_asset_valuation{ccy=\"USDT\"");
    world.exchange.script(request -> Behaviour.of(new Reaction.Stall()));
    world.exporter.reload(
        config(FULL_SPEED, true, simulated.stream().map(World.asking("USDT", "JPY")).toList()));
    world.time.advance(Duration.ofSeconds(2));
    assertThat(line(world, "okx_api_requests_total{endpoint=\"/api/v5/asset")).isEqualTo(requests);
    assertThat(line(world, "okx_total_asset_valuation{ccy=\"USDT\"")).isEqualTo(usdt);
    assertThat(world.metrics())
        .contains("okx_poll_interval_seconds{ccy=\"JPY\"")
        .doesNotContain("ccy=\"EUR\"");
  }

  @Example
  void a_rotated_key_is_used_at_once_also_after_a_refusal() {
    SimulatedUser user = SimulatedUser.unnamed(new Random(1));
    User old = THREE_UNITS.apply(user);
    World world = world(List.of(user), true, List.of(keyed(key("wrong", user.credentials()), old)));
    world.time.advance(Duration.ofSeconds(20));
    assertThat(world.metrics()).contains("okx_failing{ccy=\"USDT\",reason=\"auth\"} 1.0\n");
    try (CapturedLog log = new CapturedLog()) {
      world.exporter.reload(config(FULL_SPEED, true, List.of(old)));
      world.time.advance(Duration.ofSeconds(6));
      assertThat(log.text()).contains("valuation requests recovered");
    }
    assertThat(world.metrics()).contains("okx_up 1.0\n").doesNotContain("okx_failing{");
  }

  @Example
  void who_only_has_a_new_pace_is_not_held_until_its_key_was_asked_about_again() {
    List<SimulatedUser> simulated = SimulatedUser.named(2, new Random(1));
    World world = world(simulated, true, simulated.stream().map(THREE_UNITS).toList());
    world.time.advance(Duration.ofSeconds(20));
    world.exchange.script(
        request ->
            request.path().equals(Endpoint.ACCOUNT_CONFIG.path())
                ? Behaviour.of(new Reaction.Stall())
                : Behaviour.NORMAL);
    world.exporter.reload(
        config(Duration.ofSeconds(2), true, simulated.stream().map(THREE_UNITS).toList()));
    long before = world.exchange.arrivals();
    world.time.advance(Duration.ofSeconds(4));
    assertThat(world.exchange.arrivals() - before).isGreaterThanOrEqualTo(4);
  }

  @Example
  void a_key_that_may_trade_stays_refused_and_is_asked_about_no_more_often_than_before() {
    List<SimulatedUser> simulated =
        List.of(
            Keys.allowing(
                SimulatedUser.named(1, new Random(1)).get(0),
                Permission.READ_ONLY,
                Permission.TRADE));
    List<User> users = simulated.stream().map(THREE_UNITS).toList();
    World world = new World(simulated, 1, refusingToTrade(FULL_SPEED, users));
    world.time.advance(Duration.ofSeconds(20));
    for (int i = 0; i < 10; i++) {
      world.exporter.reload(refusingToTrade(Duration.ofSeconds(2 + i), users));
      world.time.advance(Duration.ofSeconds(1));
    }
    world.exchange.script(request -> Behaviour.of(new Reaction.Stall()));
    world.time.advance(Duration.ofMinutes(61));
    assertThat(world.exchange.arrivals()).isZero();
    assertThat(world.exchange.arrivals(Endpoint.ACCOUNT_CONFIG)).isLessThan(8);
  }

  private static Config refusingToTrade(Duration pollInterval, List<User> users) {
    return new Config(pollInterval, Duration.ofMinutes(5), 100, true, false, users, List.of());
  }

  @Example
  void a_key_that_comes_while_the_first_of_its_user_id_goes_shares_with_the_one_that_stays() {
    List<SimulatedUser> names = SimulatedUser.named(3, new Random(1));
    List<SimulatedUser> simulated =
        names.stream().map(name -> Keys.sharing(names.get(0), name)).toList();
    List<User> users = simulated.stream().map(THREE_UNITS).toList();
    World world = world(simulated, true, users.subList(0, 2));
    world.time.advance(Duration.ofSeconds(20));
    world.exporter.reload(config(FULL_SPEED, true, users.subList(1, 3)));
    world.time.advance(Duration.ofMinutes(1));
    assertThat(world.exchange.violations()).isZero();
    assertThat(of("user3", world)).contains("okx_up{user=\"user3\"} 1.0");
  }

  @Example
  void a_changed_user_of_a_refused_key_stays_refused_though_nothing_can_be_asked() {
    List<SimulatedUser> simulated =
        List.of(
            Keys.allowing(
                SimulatedUser.named(1, new Random(1)).get(0),
                Permission.READ_ONLY,
                Permission.TRADE));
    World world =
        new World(
            simulated,
            1,
            refusingToTrade(FULL_SPEED, simulated.stream().map(THREE_UNITS).toList()));
    world.time.advance(Duration.ofSeconds(20));
    world.exchange.script(request -> Behaviour.of(new Reaction.Stall()));
    world.exporter.reload(
        refusingToTrade(FULL_SPEED, simulated.stream().map(World.asking("JPY")).toList()));
    world.time.advance(Duration.ofMinutes(5));
    assertThat(world.exchange.arrivals()).isZero();
  }

  @Example
  void nobody_waits_for_long_where_the_keys_of_many_cannot_be_asked_about() {
    List<SimulatedUser> simulated = SimulatedUser.named(200, new Random(1));
    World world = world(simulated, true, simulated.stream().map(World.asking("USDT")).toList());
    world.exchange.script(
        request ->
            request.path().equals(Endpoint.ACCOUNT_CONFIG.path())
                ? Behaviour.of(new Reaction.Stall())
                : Behaviour.NORMAL);
    world.time.advance(Duration.ofSeconds(14));
    assertThat(simulated).allMatch(user -> world.exchange.arrivals(user.uid()) > 0);
  }

  @Example
  void a_reload_before_the_start_is_what_starts() {
    User before = THREE_UNITS.apply(SimulatedUser.unnamed(new Random(1)));
    List<URI> hosts = new ArrayList<>();
    VirtualTime time = new VirtualTime(World.START);
    Exporter exporter =
        exporter(
            time,
            before,
            (request, done) -> {
              hosts.add(request.baseUrl());
              done.accept(new Transport.Fault(false, false, "nobody there"));
              return () -> {};
            });
    User after = onHost(URI.create("http://127.0.0.1:5"), before);
    exporter.reload(config(FULL_SPEED, true, List.of(after)));
    exporter.start();
    time.advance(Duration.ofMinutes(1));
    assertThat(hosts).isNotEmpty().containsOnly(after.baseUrl());
  }

  private static Exporter exporter(VirtualTime time, User user, Transport transport) {
    return Exporters.of(
        config(FULL_SPEED, true, List.of(user)),
        new Exporter.Ports(time, time, transport),
        new Random(1));
  }

  @Example
  void a_host_is_asked_by_the_way_its_users_have_now() {
    User user = THREE_UNITS.apply(SimulatedUser.unnamed(new Random(1)));
    List<String> ways = new ArrayList<>();
    Transport transport =
        (request, done) -> {
          if (request.target().equals(Endpoint.PUBLIC_TIME.path())) {
            ways.add(Objects.requireNonNull(request.proxy()).url().toString());
          }
          done.accept(new Transport.Fault(false, false, "nobody there"));
          return () -> {};
        };
    VirtualTime time = new VirtualTime(World.START);
    Exporter exporter = exporter(time, through(URI.create("http://127.0.0.1:3"), user), transport);
    exporter.start();
    time.advance(Duration.ofMinutes(6));
    assertThat(ways).isNotEmpty().containsOnly("http://127.0.0.1:3");
    ways.clear();
    exporter.reload(
        config(FULL_SPEED, true, List.of(through(URI.create("http://127.0.0.1:4"), user))));
    time.advance(Duration.ofMinutes(6));
    assertThat(ways).isNotEmpty().containsOnly("http://127.0.0.1:4");
  }

  private static World world(List<SimulatedUser> simulated, boolean diagnosis, List<User> users) {
    return new World(simulated, 1, config(FULL_SPEED, diagnosis, users));
  }

  /** A random subset, some in a wrongly shared group and some with other units. */
  private static List<User> randomUsers(List<SimulatedUser> simulated, Random random) {
    List<User> users = new ArrayList<>();
    for (SimulatedUser user : simulated) {
      User configured = (random.nextInt(4) == 0 ? World.asking("JPY") : THREE_UNITS).apply(user);
      int kind = random.nextInt(5);
      if (kind == 0) {
        users.add(inGroup("g", configured));
      } else if (kind < 4) {
        users.add(configured);
      }
    }
    return users.isEmpty() ? List.of(THREE_UNITS.apply(simulated.get(0))) : users;
  }

  private static Duration randomInterval(Random random) {
    return random.nextInt(10) == 0 ? Duration.ofSeconds(2) : FULL_SPEED;
  }

  private static Behaviour faultOrDelay(Random random) {
    Reaction reaction =
        switch (random.nextInt(20)) {
          case 0 -> new Reaction.Stall();
          case 1, 2 -> new Reaction.Reset();
          default -> new Reaction.Normal();
        };
    return new Behaviour(
        Duration.ofMillis(random.nextInt(300)), Duration.ofMillis(random.nextInt(300)), reaction);
  }

  private static Credentials key(String passphrase, Credentials key) {
    return new Credentials(key.apiKey(), key.secretKey(), new Secret(passphrase));
  }

  private static List<String> of(String user, World world) {
    return world.metrics().lines().filter(line -> line.contains("user=\"" + user + "\"")).toList();
  }

  private static String line(World world, String start) {
    return world.metrics().lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }
}
