package io.okxexporter.check;

import static io.okxexporter.check.CheckWorld.configured;
import static io.okxexporter.check.CheckWorld.isFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.Config;
import io.okxexporter.fixture.ReferenceSigner;
import io.okxexporter.fixture.SocketServer;
import io.okxexporter.fixture.Users;
import io.okxexporter.fixture.World;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Region;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import io.okxexporter.okx.Transport;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Keys;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.SimulatedRegion;
import io.okxexporter.simulator.SimulatedUser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What {@code check} guarantees whatever it finds: rate limits, order and secrecy. */
class CheckTest {
  /** For a user with two units: the key, each unit, each ledger. */
  private static final int REQUESTS = 7;

  private final List<SimulatedUser> users = SimulatedUser.named(300, new Random(1));

  @Test
  void strangers_never_get_the_passphrase_nor_a_signature_of_the_secret_key() {
    SimulatedUser european = Keys.in(SimulatedRegion.EEA, users.get(0));
    CheckWorld world = new CheckWorld(european);
    world.check(List.of(global(european)));
    List<Transport.Request> toOtherRegions =
        world.sent.stream().filter(it -> !it.baseUrl().equals(Region.GLOBAL.baseUrl())).toList();

    assertThat(toOtherRegions)
        .extracting(Transport.Request::baseUrl)
        .containsExactly(Region.EEA.baseUrl(), Region.US.baseUrl());
    for (Transport.Request request : toOtherRegions) {
      String timestamp = Objects.requireNonNull(request.headers().get("OK-ACCESS-TIMESTAMP"));
      Secret secretKey = european.credentials().secretKey();
      assertThat(request.headers())
          .containsEntry("OK-ACCESS-KEY", european.credentials().apiKey().reveal())
          .doesNotContainValue(european.credentials().passphrase().reveal())
          .doesNotContainValue(secretKey.reveal())
          .doesNotContainValue(ReferenceSigner.signature(secretKey, timestamp, request.target()))
          .containsKeys("OK-ACCESS-PASSPHRASE", "OK-ACCESS-SIGN");
      assertThat(request.target()).isEqualTo(Endpoint.ACCOUNT_CONFIG.path());
    }
    assertThat(toOtherRegions)
        .extracting(it -> it.headers().get("OK-ACCESS-PASSPHRASE"))
        .doesNotHaveDuplicates();
  }

  @Test
  void a_stranger_is_asked_about_a_key_once() {
    SimulatedUser european = Keys.in(SimulatedRegion.EEA, users.get(0));
    CheckWorld world = new CheckWorld(european);
    User again = named("again", global(european));
    String text = world.check(List.of(global(european), again));
    assertThat(text).containsOnlyOnce("user user1 (").containsOnlyOnce("user again (");
    assertThat(Pattern.compile("Set region: eea").matcher(text).results()).hasSize(2);
    assertThat(world.sent.stream().filter(it -> it.baseUrl().equals(Region.EEA.baseUrl())))
        .hasSize(1);
  }

  @Test
  void many_keys_of_one_user_id_keep_its_limits_though_nobody_said_so() {
    SimulatedUser first = users.get(0);
    List<SimulatedUser> keys =
        users.subList(0, 12).stream().map(user -> Keys.sharing(first, user)).toList();
    CheckWorld world = new CheckWorld(keys);
    String text = world.check(keys.stream().map(CheckTest::global).toList());
    assertThat(text).contains("110 passed, 11 warnings, 0 failed").contains("exit code 0");
    assertThat(world.exchange.arrivals(Endpoint.ASSET_VALUATION)).isEqualTo(24);
  }

  @Property(tries = 60)
  void no_limit_is_broken_whatever_happens_to_the_requests(@ForAll long seed) {
    Random random = new Random(seed);
    SimulatedUser first = users.get(0);
    List<SimulatedUser> keys =
        users.subList(0, 8).stream()
            .map(user -> random.nextBoolean() ? Keys.sharing(first, user) : user)
            .toList();
    CheckWorld world = new CheckWorld(keys);
    world.exchange.script(
        request -> {
          // No fault at the key request: without its response, the User ID stays unknown.
          boolean fault = isFor(Endpoint.ASSET_VALUATION, request) && random.nextInt(5) == 0;
          return new Behaviour(
              Duration.ofMillis(random.nextInt(300)),
              Duration.ofMillis(random.nextInt(300)),
              fault ? new Reaction.Stall() : new Reaction.Normal());
        });
    String text = world.check(keys.stream().map(CheckTest::global).toList());
    assertThat(text).contains("exit code ");
  }

  @Test
  void hundreds_of_users_are_checked_beside_each_other_and_told_in_order() {
    CheckWorld world = new CheckWorld(users);
    String text = world.check(users.stream().map(CheckTest::global).toList());
    assertThat(text).contains("2702 passed, 0 warnings, 0 failed");
    assertThat(text.lines().filter(line -> line.startsWith("user ")).map(CheckTest::firstName))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 300).mapToObj(number -> "user" + number).toList());
    assertThat(Duration.between(World.START, world.time.now())).isLessThan(Duration.ofMinutes(3));
    assertThat(world.exchange.arrivals(Endpoint.PUBLIC_TIME)).isEqualTo(1);
  }

  @Test
  void users_of_one_group_go_one_after_another() {
    CheckWorld world = new CheckWorld(users.subList(0, 3));
    List<User> group =
        users.subList(0, 3).stream().map(user -> Users.inGroup("g", global(user))).toList();
    assertThat(world.check(group)).contains("29 passed, 0 warnings, 0 failed");
    List<String> keys =
        world.sent.stream()
            .map(it -> it.headers().getOrDefault("OK-ACCESS-KEY", ""))
            .filter(key -> !key.isEmpty())
            .toList();
    List<String> each =
        users.subList(0, 3).stream()
            .map(user -> user.credentials().apiKey().reveal())
            .flatMap(key -> Collections.nCopies(REQUESTS, key).stream())
            .toList();
    assertThat(keys).isEqualTo(each);
  }

  @Test
  void the_bound_of_the_whole_process_holds_too() {
    CheckWorld world = new CheckWorld(users.subList(0, 4));
    List<Instant> arrivals = new ArrayList<>();
    world.exchange.script(
        request -> {
          arrivals.add(world.time.now());
          return Behaviour.NORMAL;
        });
    Config defaults = Config.defaults(users.subList(0, 4).stream().map(CheckTest::global).toList());
    world.check(
        new Config(
            defaults.pollInterval(),
            defaults.staleAfter(),
            0.5,
            true,
            true,
            defaults.users(),
            List.of()));
    assertThat(arrivals).hasSize(13);
    // The first arrives late: it opens a connection.
    for (int i = 2; i < arrivals.size(); i++) {
      assertThat(Duration.between(arrivals.get(i - 1), arrivals.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }
  }

  @Test
  void what_a_running_exporter_says_is_as_old_as_it_was_when_that_was_read() throws Exception {
    SimulatedUser user = users.get(0);
    String metrics =
        """
        okx-exporter is healthy
        okx_api_key_info{uid="%s",user="a"} 1
        okx_poll_interval_seconds{ccy="USDT",user="a"} 15
        okx_last_success_timestamp_seconds{ccy="USDT",user="a"} %d
        okx_up{user="a"} 1
        """
            .formatted(user.uid(), World.START.getEpochSecond() - 40);
    CheckWorld world = new CheckWorld(user);
    world.script(CheckWorld.at(Endpoint.PUBLIC_TIME, new Reaction.Stall()));
    try (SocketServer exporter =
        new SocketServer(
            (socket, head) -> {
              SocketServer.write(socket, "HTTP/1.1 200 OK\r\n\r\n" + metrics);
              socket.shutdownOutput();
            })) {
      InetSocketAddress where =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), exporter.port());
      world.listen = any -> ListenAddressStep.find(where, "/metrics", world.time);
      assertThat(world.check(List.of(configured(user, Region.GLOBAL, "USDT"))))
          .contains("last success 40 s ago");
    }
    assertThat(Duration.between(World.START, world.time.now()))
        .isGreaterThan(Duration.ofSeconds(5));
  }

  private static String firstName(String line) {
    return line.split(" ", -1)[1];
  }

  private static User named(String name, User user) {
    return new User(
        name, user.baseUrl(), user.demo(), user.ccys(), user.credentials(), 1, null, null);
  }

  private static User global(SimulatedUser user) {
    return configured(user, Region.GLOBAL, "USDT", "BTC");
  }
}
