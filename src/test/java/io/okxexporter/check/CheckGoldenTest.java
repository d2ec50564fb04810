package io.okxexporter.check;

import static io.okxexporter.check.CheckWorld.at;
import static io.okxexporter.check.CheckWorld.configured;
import static io.okxexporter.check.CheckWorld.isFor;
import static io.okxexporter.fixture.Users.keyed;
import static io.okxexporter.fixture.Users.onHost;
import static io.okxexporter.fixture.Users.through;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.Config;
import io.okxexporter.fixture.World;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Region;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Keys;
import io.okxexporter.simulator.Permission;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.SimulatedMaintenance;
import io.okxexporter.simulator.SimulatedRegion;
import io.okxexporter.simulator.SimulatedResponse;
import io.okxexporter.simulator.SimulatedUser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/**
 * The whole output of {@code check} for every known failure, compared with a golden text; {@code
 * -Dgolden.update=true} rewrites them.
 */
class CheckGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/io/okxexporter/check");

  private static final Reaction DENIED =
      respond(403, "{\"message\":\"You have been denied access to the station service\"}");

  private final SimulatedUser main = SimulatedUser.named(1, new Random(1)).get(0);
  private final SimulatedUser other = SimulatedUser.named(2, new Random(2)).get(1);

  @Test
  void all_is_well() throws IOException {
    golden("healthy.txt", new CheckWorld(main).check(List.of(global(main))));
  }

  @Test
  void all_is_well_for_scripts() throws IOException {
    golden("healthy.json", new CheckWorld(main).check(List.of(global(main)), "--format=json"));
  }

  @Test
  void balances_are_shown_when_asked_for() throws IOException {
    CheckWorld world = new CheckWorld(main);
    golden("values.txt", world.check(List.of(global(main)), "--show-values"));
  }

  @Test
  void balances_are_shown_to_scripts_when_asked_for() throws IOException {
    CheckWorld world = new CheckWorld(main);
    golden("values.json", world.check(List.of(global(main)), "--show-values", "--format=json"));
  }

  @Test
  void a_key_that_may_trade_is_warned_of() throws IOException {
    SimulatedUser trading =
        Keys.allowing(Keys.boundTo(main, "127.0.0.1"), Permission.READ_ONLY, Permission.TRADE);
    golden("trading.txt", new CheckWorld(trading).check(List.of(global(trading))));
  }

  @Test
  void a_key_that_may_withdraw_and_is_bound_to_nothing_expires_too() throws IOException {
    SimulatedUser trading = Keys.allowing(main, Permission.values());
    golden("trading-unbound.txt", new CheckWorld(trading).check(List.of(global(trading))));
  }

  @Test
  void a_key_that_may_trade_fails_where_that_is_not_allowed() throws IOException {
    SimulatedUser trading = Keys.allowing(main, Permission.values());
    Config defaults = Config.defaults(List.of(global(trading)));
    Config strict =
        new Config(
            defaults.pollInterval(),
            defaults.staleAfter(),
            defaults.maxRequestsPerSecondTotal(),
            true,
            false,
            defaults.users(),
            List.of("max_requests_per_second_total: \"1\": too low"));
    golden("trading-refused.txt", new CheckWorld(trading).check(strict));
  }

  @Test
  void a_key_of_another_region_is_found_there() throws IOException {
    SimulatedUser european = Keys.in(SimulatedRegion.EEA, main);
    golden("region.txt", new CheckWorld(european).check(List.of(global(european))));
  }

  @Test
  void a_key_of_another_region_is_found_there_for_scripts() throws IOException {
    SimulatedUser american = Keys.in(SimulatedRegion.US, main);
    User user = configured(american, Region.EEA, "USDT", "BTC");
    golden("region.json", new CheckWorld(american).check(List.of(user), "--format=json"));
  }

  @Test
  void no_other_region_is_asked_when_that_is_turned_off() throws IOException {
    SimulatedUser european = Keys.in(SimulatedRegion.EEA, main);
    CheckWorld world = new CheckWorld(european);
    golden("region-unasked.txt", world.check(List.of(global(european)), "--no-region-probe"));
    assertThat(world.sent).allMatch(it -> it.baseUrl().equals(Region.GLOBAL.baseUrl()));
  }

  @Test
  void no_region_is_asked_for_a_host_of_ones_own() throws IOException {
    SimulatedUser european = Keys.in(SimulatedRegion.EEA, main);
    CheckWorld world = new CheckWorld(european);
    User user = onHost(URI.create("https://okx.example"), global(european));
    golden("region-own-host.txt", world.check(List.of(user)));
    assertThat(world.sent).allMatch(it -> it.baseUrl().equals(user.baseUrl()));
  }

  @Test
  void no_region_is_asked_for_a_key_of_demo_trading() throws IOException {
    SimulatedUser european = Keys.in(SimulatedRegion.EEA, Keys.inDemo(main));
    CheckWorld world = new CheckWorld(european);
    golden("region-demo.txt", world.check(List.of(global(european))));
    assertThat(world.sent).allMatch(it -> it.baseUrl().equals(Region.GLOBAL.baseUrl()));
  }

  @Test
  void a_key_that_was_deleted_is_known_nowhere() throws IOException {
    CheckWorld world = new CheckWorld();
    world.script(
        at(
            Endpoint.ACCOUNT_CONFIG,
            respond(401, "{\"code\":\"50119\",\"msg\":\"API key doesn't exist\"}")));
    golden("region-nowhere.txt", world.check(List.of(global(main))));
  }

  @Test
  void a_region_that_says_something_else_leaves_it_open() throws IOException {
    CheckWorld world = new CheckWorld(other);
    AtomicInteger requests = new AtomicInteger();
    world.script(
        request ->
            isFor(Endpoint.ACCOUNT_CONFIG, request) && requests.getAndIncrement() == 1
                ? Behaviour.of(respond(401, "{\"code\":\"50110\",\"msg\":\"Your IP 10.0.0.1\"}"))
                : Behaviour.NORMAL);
    golden("region-undecided.txt", world.check(List.of(global(main))));
  }

  @Test
  void a_key_that_never_existed() throws IOException {
    golden("unknown-key.txt", new CheckWorld(other).check(List.of(global(main))));
  }

  @Test
  void a_demo_key_on_the_live_exchange() throws IOException {
    CheckWorld world = new CheckWorld(Keys.inDemo(main));
    golden("demo-key-live.txt", world.check(List.of(global(main))));
  }

  @Test
  void a_live_key_in_demo_trading() throws IOException {
    CheckWorld world = new CheckWorld(main);
    golden("live-key-demo.txt", world.check(List.of(global(Keys.inDemo(main)))));
  }

  @Test
  void an_address_that_is_not_on_the_list_is_shown() throws IOException {
    SimulatedUser bound = Keys.boundTo(main, "203.0.113.7");
    golden("address.txt", new CheckWorld(bound).check(List.of(global(bound))));
  }

  @Test
  void a_wrong_passphrase() throws IOException {
    Credentials key = main.credentials();
    User user =
        keyed(new Credentials(key.apiKey(), key.secretKey(), new Secret("wrong!")), global(main));
    golden("passphrase.txt", new CheckWorld(main).check(List.of(user)));
  }

  @Test
  void a_wrong_secret_key() throws IOException {
    Credentials key = main.credentials();
    User user =
        keyed(new Credentials(key.apiKey(), new Secret("wrong!"), key.passphrase()), global(main));
    golden("signature.txt", new CheckWorld(main).check(List.of(user)));
  }

  @Test
  void a_key_without_the_permission_to_read() throws IOException {
    SimulatedUser blind = Keys.allowing(main, Permission.TRADE);
    golden("no-read.txt", new CheckWorld(blind).check(List.of(global(blind))));
  }

  @Test
  void a_clock_45_s_slow() throws IOException {
    CheckWorld world = new CheckWorld(main);
    world.exchange.clockOffset(Duration.ofSeconds(45));
    golden("clock-slow.txt", world.check(List.of(global(main))));
  }

  @Test
  void a_clock_10_min_fast() throws IOException {
    CheckWorld world = new CheckWorld(main);
    world.exchange.clockOffset(Duration.ofMinutes(-10));
    golden("clock-fast.txt", world.check(List.of(global(main))));
  }

  @Test
  void a_clock_that_the_exporter_is_kept_from_correcting() throws IOException {
    CheckWorld world = new CheckWorld(main);
    world.exchange.clockOffset(Duration.ofSeconds(45));
    Config defaults = Config.defaults(List.of(global(main)));
    Config undiagnosed =
        new Config(
            defaults.pollInterval(),
            defaults.staleAfter(),
            defaults.maxRequestsPerSecondTotal(),
            false,
            true,
            defaults.users(),
            List.of());
    golden("clock-uncorrected.txt", world.check(undiagnosed));
  }

  @Test
  void a_clock_that_could_not_be_compared_and_is_refused() throws IOException {
    CheckWorld world = new CheckWorld(main);
    world.exchange.clockOffset(Duration.ofSeconds(45));
    world.script(at(Endpoint.PUBLIC_TIME, new Reaction.Reset()));
    golden("clock-refused.txt", world.check(List.of(global(main))));
  }

  @Test
  void an_address_that_the_edge_refuses_is_not_taken_for_a_bad_key() throws IOException {
    CheckWorld world = new CheckWorld(main);
    world.script(request -> Behaviour.of(DENIED));
    golden("blocked.txt", world.check(List.of(global(main))));
    assertThat(world.sent).allMatch(it -> it.baseUrl().equals(Region.GLOBAL.baseUrl()));
  }

  /** OKX checked the key before, so the report still states that it is accepted. */
  @Test
  void an_address_that_is_refused_at_the_valuation_alone() throws IOException {
    CheckWorld world = new CheckWorld(main);
    world.script(at(Endpoint.ASSET_VALUATION, DENIED));
    golden("blocked-valuation.json", world.check(List.of(global(main)), "--format=json"));
  }

  /** The valuation alone decides whether the exporter can poll. */
  @Test
  void an_address_that_is_refused_at_the_key_alone() throws IOException {
    CheckWorld world = new CheckWorld(main);
    world.script(at(Endpoint.ACCOUNT_CONFIG, DENIED));
    golden("blocked-key.txt", world.check(List.of(global(main))));
  }

  @Test
  void a_region_whose_edge_refuses_the_address_says_nothing_about_the_key() throws IOException {
    SimulatedUser american = Keys.in(SimulatedRegion.US, main);
    CheckWorld world = new CheckWorld(american);
    world.script(
        request ->
            request.region() == SimulatedRegion.EEA ? Behaviour.of(DENIED) : Behaviour.NORMAL);
    golden("blocked-region.txt", world.check(List.of(global(american))));
  }

  @Test
  void a_first_attempt_that_the_edge_limits_is_the_addresss_not_the_user_ids() throws IOException {
    CheckWorld world = new CheckWorld(main);
    AtomicInteger requests = new AtomicInteger();
    world.script(
        request ->
            isFor(Endpoint.ASSET_VALUATION, request) && requests.getAndIncrement() % 3 != 1
                ? Behaviour.of(respond(429, "<html>Slow down</html>"))
                : Behaviour.NORMAL);
    golden("edge-limit.txt", world.check(List.of(global(main))));
  }

  @Test
  void a_bad_unit_is_named_and_the_others_go_on() throws IOException {
    User user = configured(main, Region.GLOBAL, "USDT", "XYZ", "BTC");
    golden("unit.txt", new CheckWorld(main).check(List.of(user)));
  }

  @Test
  void a_host_that_refuses_the_connection() throws IOException {
    CheckWorld world = new CheckWorld(main);
    world.down(Region.GLOBAL.baseUrl(), "TCP", new ConnectException("Connection refused"));
    golden("unreachable.txt", world.check(List.of(global(main))));
  }

  @Test
  void a_host_that_dns_does_not_know() throws IOException {
    CheckWorld world = new CheckWorld(main);
    world.down(Region.GLOBAL.baseUrl(), "DNS", new UnknownHostException("proxy.example"));
    User proxied = through(URI.create("http://proxy.example:3128"), global(main));
    golden("unknown-host.txt", world.check(List.of(proxied)));
  }

  @Test
  void a_certificate_that_is_not_yet_valid_is_a_clock_hint() throws IOException {
    CheckWorld world = new CheckWorld(main);
    IOException failure = new SSLHandshakeException("validity check failed");
    failure.initCause(new CertificateNotYetValidException());
    world.down(Region.GLOBAL.baseUrl(), "TLS", failure);
    golden("certificate.txt", world.check(List.of(global(main))));
  }

  @Test
  void maintenance_that_okx_has_announced_explains_what_is_unavailable() throws IOException {
    CheckWorld world = new CheckWorld(main);
    world.exchange.maintenance(
        List.of(
            new SimulatedMaintenance(
                SimulatedMaintenance.State.ONGOING,
                World.START.minus(Duration.ofMinutes(10)),
                World.START.plus(Duration.ofMinutes(50)),
                false,
                "upgrade",
                "unified")));
    world.script(
        request ->
            isFor(Endpoint.ACCOUNT_CONFIG, request) || isFor(Endpoint.ASSET_VALUATION, request)
                ? Behaviour.of(respond(503, "{\"code\":\"50001\",\"msg\":\"Service unavailable\"}"))
                : Behaviour.NORMAL);
    golden("maintenance.txt", world.check(List.of(global(main))));
  }

  @Test
  void unavailable_without_an_announcement() throws IOException {
    CheckWorld world = new CheckWorld(main);
    world.script(at(Endpoint.ASSET_VALUATION, respond(503, "upstream")));
    golden("unavailable.txt", world.check(List.of(global(main))));
  }

  @Test
  void two_keys_of_one_user_id_share_its_limit() throws IOException {
    SimulatedUser second = Keys.sharing(main, other);
    CheckWorld world = new CheckWorld(main, second);
    golden("one-uid.txt", world.check(List.of(global(main), global(second))));
  }

  @Test
  void rubbish_at_the_helper_endpoints() throws IOException {
    CheckWorld world = new CheckWorld(main);
    Reaction rubbish = respond(200, "<html>hello</html>");
    world.script(
        request ->
            isFor(Endpoint.ASSET_VALUATION, request) ? Behaviour.NORMAL : Behaviour.of(rubbish));
    golden("rubbish.txt", world.check(List.of(global(main))));
  }

  @Test
  void helper_endpoints_that_hang() throws IOException {
    CheckWorld world = new CheckWorld(main);
    world.script(
        request ->
            isFor(Endpoint.ASSET_VALUATION, request)
                ? Behaviour.NORMAL
                : Behaviour.of(new Reaction.Stall()));
    golden("hang.txt", world.check(List.of(global(main))));
  }

  @Test
  void an_exporter_beside_may_be_first() throws IOException {
    CheckWorld world = new CheckWorld(main);
    AtomicInteger requests = new AtomicInteger();
    world.script(
        request ->
            isFor(Endpoint.ASSET_VALUATION, request) && requests.getAndIncrement() == 0
                ? Behaviour.of(respond(429, "{\"code\":\"50011\",\"msg\":\"Too Many Requests\"}"))
                : Behaviour.NORMAL);
    golden("beside.txt", world.check(List.of(global(main))));
  }

  @Test
  void a_valuation_that_never_comes_ends_it() throws IOException {
    CheckWorld world = new CheckWorld(main);
    world.script(at(Endpoint.ASSET_VALUATION, new Reaction.Stall()));
    golden("no-answer.txt", world.check(List.of(global(main))));
  }

  private static User global(SimulatedUser user) {
    return configured(user, Region.GLOBAL, "USDT", "BTC");
  }

  private static Reaction respond(int status, String body) {
    return new Reaction.Answer(SimulatedResponse.json(status, body));
  }

  static void golden(String file, String text) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN.resolve(file), text, UTF_8);
    }
    assertThat(text).isEqualTo(Files.readString(GOLDEN.resolve(file), UTF_8));
  }
}
