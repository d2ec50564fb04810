package io.okxexporter;

import static io.okxexporter.fixture.Users.inGroup;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.Config;
import io.okxexporter.fixture.Users;
import io.okxexporter.fixture.VirtualTransport;
import io.okxexporter.fixture.VirtualTransport.Break;
import io.okxexporter.fixture.World;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.User;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Keys;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.Script;
import io.okxexporter.simulator.SimulatedResponse;
import io.okxexporter.simulator.SimulatedUser;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** No request is ever too early, whatever the network and exchange do; the budget is well used. */
class StrictExchangeTest {
  private static final int MAX_DELAY_MS = 300;
  private static final String[] UNITS = {
    "BTC", "USDT", "USD", "CNY", "JPY", "KRW", "RUB", "EUR", "VND", "IDR", "INR", "PHP", "THB",
    "TRY", "AUD", "SGD", "ARS", "SAR", "AED", "IQD"
  };

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void no_history_of_faults_makes_a_request_too_early(@ForAll long seed) {
    World world = faultyWorld(seed, 1);
    world.time.advance(Duration.ofMinutes(3));
    assertThat(world.exchange.arrivals()).isGreaterThan(5);
    assertThat(world.exchange.violations()).isZero();
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void keys_that_turn_out_to_be_one_user_id_make_none_too_early_either(@ForAll long seed) {
    Random random = new Random(seed);
    List<SimulatedUser> users = SimulatedUser.named(2 + random.nextInt(3), random);
    List<SimulatedUser> simulated =
        users.stream().map(user -> Keys.sharing(users.get(0), user)).toList();
    Config config =
        Users.config(
            Duration.ofSeconds(1 + random.nextInt(5)),
            true,
            simulated.stream().map(World.asking("USDT", "BTC", "EUR")).toList());
    World world = new World(simulated, seed, config);
    Script faults = faults(random);
    world.exchange.script(
        request ->
            request.path().equals(Endpoint.ASSET_VALUATION.path())
                ? faults.next(request)
                : Behaviour.NORMAL);
    world.time.advance(Duration.ofMinutes(10));
    assertThat(world.exchange.arrivals()).isGreaterThan(15);
    assertThat(world.exchange.violations()).isZero();
  }

  @Example
  void half_the_gap_would_be_noticed() {
    long violations = 0;
    for (long seed = 0; seed < 20; seed++) {
      World world = faultyWorld(seed, 2);
      world.time.advance(Duration.ofMinutes(3));
      violations += world.exchange.violations();
    }
    assertThat(violations).isGreaterThan(100);
  }

  @Property(tries = 50, shrinking = ShrinkingMode.OFF)
  void without_faults_twenty_units_use_the_budget_to_95_percent(@ForAll long seed) {
    Random random = new Random(seed);
    SimulatedUser user = SimulatedUser.unnamed(random);
    World world = new World(seed, List.of(user), Duration.ofSeconds(1), World.asking(UNITS));
    long[] waitedNanos = {0};
    world.exchange.script(
        request -> {
          Behaviour delayed = delayed(random, new Reaction.Normal());
          waitedNanos[0] += delayed.delayBefore().plus(delayed.delayAfter()).toNanos();
          return delayed;
        });
    Duration run = Duration.ofMinutes(10);
    world.time.advance(run);
    long arrivals = world.exchange.arrivals();
    double latency = waitedNanos[0] / 1e9 / arrivals;
    assertThat(arrivals / (double) run.toSeconds()).isGreaterThan(0.95 / (1 + latency));
    assertThat(world.exchange.violations()).isZero();
  }

  /** One to four users, either all independent or all keys of one User ID. */
  private static World faultyWorld(long seed, double requestsPerSecond) {
    Random random = new Random(seed);
    List<SimulatedUser> users = SimulatedUser.named(1 + random.nextInt(4), random);
    String[] units = Arrays.copyOf(UNITS, 1 + random.nextInt(UNITS.length));
    boolean shared = users.size() > 1 && random.nextBoolean();
    List<SimulatedUser> simulated =
        shared ? users.stream().map(user -> Keys.sharing(users.get(0), user)).toList() : users;
    Function<SimulatedUser, User> alone =
        user -> Users.atRate(requestsPerSecond, World.asking(units).apply(user));
    Function<SimulatedUser, User> as =
        shared ? alone.andThen(user -> inGroup("shared", user)) : alone;
    Duration pollInterval = Duration.ofSeconds(1 + random.nextInt(30));
    World world =
        new World(
            simulated,
            seed,
            Users.config(pollInterval, false, simulated.stream().map(as).toList()),
            (exchange, time) -> new VirtualTransport(exchange, time, () -> breaks(random)));
    world.exchange.script(faults(random));
    return world;
  }

  /** Sometimes breaks the connection; the request arrives up to a gap later. */
  private static Optional<Break> breaks(Random random) {
    if (random.nextInt(12) > 0) {
      return Optional.empty();
    }
    Duration after = Duration.ofMillis(random.nextInt(MAX_DELAY_MS));
    return Optional.of(new Break(after, after.plusMillis(random.nextInt(1000))));
  }

  private static Script faults(Random random) {
    return request ->
        switch (random.nextInt(16)) {
          case 0 -> late(random);
          case 1 -> delayed(random, new Reaction.Reset());
          case 2 -> delayed(random, response(429, Map.of(), "{\"code\":\"50011\"}"));
          case 3 -> delayed(random, response(200, Map.of(), "{\"code\":\"50011\"}"));
          case 4 -> delayed(random, response(503, Map.of("Retry-After", "0"), ""));
          case 5 -> delayed(random, response(408, Map.of(), ""));
          case 6 -> delayed(random, response(421, Map.of(), ""));
          case 7 -> delayed(random, new Reaction.Stall());
          case 8 -> delayed(random, new Reaction.Truncated(20));
          default -> delayed(random, new Reaction.Normal());
        };
  }

  /** Arrives up to a gap after the caller gave up. */
  private static Behaviour late(Random random) {
    return new Behaviour(
        VirtualTransport.CALL_TIMEOUT.plusMillis(random.nextInt(1000)),
        Duration.ZERO,
        new Reaction.Normal());
  }

  private static Behaviour delayed(Random random, Reaction reaction) {
    return new Behaviour(
        Duration.ofMillis(random.nextInt(MAX_DELAY_MS)),
        Duration.ofMillis(random.nextInt(MAX_DELAY_MS)),
        reaction);
  }

  private static Reaction response(int status, Map<String, String> headers, String body) {
    return new Reaction.Answer(
        new SimulatedResponse(
            status, headers, body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }
}
