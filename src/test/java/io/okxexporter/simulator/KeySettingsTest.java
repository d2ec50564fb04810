package io.okxexporter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okxexporter.model.Endpoint;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySettingsTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final long SECOND = 1_000_000_000L;

  private final SimulatedUser user = SimulatedUser.unnamed(new SplittableRandom(1));

  @ParameterizedTest
  @EnumSource
  void a_key_is_known_in_its_region_alone(SimulatedRegion home) throws IOException {
    SimulatedUser settled = Keys.in(home, user);
    for (SimulatedRegion region : SimulatedRegion.values()) {
      for (String target : List.of(Client.USDT, Client.CONFIG)) {
        SimulatedResponse response =
            respond(settled, Client.to(region, Client.get(settled, target, START)));
        if (region == home) {
          assertThat(response.status()).isEqualTo(200);
        } else {
          assertResponse(response, "error-50119-http401.json");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_key_that_never_existed_is_told_from_one_of_another_region(SimulatedRegion region)
      throws IOException {
    SimulatedRequest unknownKey =
        Client.with(Client.get(user, Client.USDT, START), "ok-access-key", "nobody");
    assertResponse(respond(user, Client.to(region, unknownKey)), "error-50111-http401.json");
  }

  @Test
  void a_key_is_looked_up_before_passphrase_and_signature() throws IOException {
    SimulatedUser european = Keys.in(SimulatedRegion.EEA, user);
    SimulatedRequest probe =
        Client.with(
            Client.with(Client.get(user, Client.CONFIG, START), "ok-access-sign", "d3Jvbmc="),
            "ok-access-passphrase",
            "guessed");
    assertResponse(
        respond(european, Client.to(SimulatedRegion.US, probe)), "error-50119-http401.json");
    assertResponse(
        respond(european, Client.to(SimulatedRegion.EEA, probe)), "error-50105-http401.json");
  }

  @Test
  void a_key_asked_in_another_region_spends_nothing_of_its_limit() {
    ScriptedExchange exchange = new ScriptedExchange(List.of(user), 7, START);
    SimulatedRequest request = Client.get(user, Client.USDT, START);
    exchange.respond(0, START, Client.to(SimulatedRegion.US, request));
    assertThat(exchange.respond(0, START, request).status()).isEqualTo(200);
    assertThat(exchange.arrivals()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {Client.USDT, Client.CONFIG})
  void live_and_demo_keys_need_their_environment_wherever_they_ask(String target)
      throws IOException {
    SimulatedUser demo = Keys.inDemo(user);
    SimulatedRequest plain = Client.get(user, target, START);
    SimulatedRequest marked = Client.with(plain, "x-simulated-trading", "1");
    assertThat(respond(user, plain).status()).isEqualTo(200);
    assertResponse(respond(user, marked), "error-50101-http401.json");
    assertThat(respond(demo, marked).status()).isEqualTo(200);
    assertResponse(respond(demo, plain), "error-50101-http401.json");
    assertResponse(
        respond(demo, Client.with(plain, "x-simulated-trading", "0")), "error-50101-http401.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {Client.USDT, Client.CONFIG})
  void a_key_bound_to_addresses_is_refused_elsewhere_as_recorded(String target) throws IOException {
    SimulatedUser bound = Keys.boundTo(user, "203.0.113.7", "198.51.100.1");
    SimulatedRequest request = Client.get(bound, target, START);
    assertResponse(respond(bound, Client.from("1.1.1.1", request)), "error-50110.json");
    assertThat(respond(bound, Client.from("203.0.113.7", request)).status()).isEqualTo(200);
    assertThat(respond(bound, Client.from("198.51.100.1", request)).status()).isEqualTo(200);
    assertThat(Client.text(respond(bound, request))).contains("Your IP 127.0.0.1 is not included");
  }

  @Test
  void a_key_bound_to_no_address_is_good_everywhere() {
    SimulatedRequest request = Client.get(user, Client.USDT, START);
    assertThat(respond(user, Client.from("2001:db8::1", request)).status()).isEqualTo(200);
  }

  @Test
  void a_key_that_may_not_read_is_refused_as_recorded() throws IOException {
    for (SimulatedUser blind :
        List.of(Keys.allowing(user), Keys.allowing(user, Permission.TRADE, Permission.WITHDRAW))) {
      for (String target : List.of(Client.USDT, Client.CONFIG)) {
        SimulatedResponse response = respond(blind, Client.get(user, target, START));
        assertResponse(response, "error-50120-http401.json");
      }
    }
  }

  @Test
  void a_forged_request_does_not_learn_what_the_key_may_do() throws IOException {
    SimulatedUser blind = Keys.allowing(user);
    SimulatedRequest forged =
        Client.with(Client.get(user, Client.USDT, START), "ok-access-sign", "d3Jvbmc=");
    assertResponse(respond(blind, forged), "error-50113-http401.json");
  }

  @Test
  void the_config_has_the_fields_of_the_documented_one_in_their_order() throws IOException {
    SimulatedUser full = Keys.boundTo(Keys.allowing(user, Permission.values()), "127.0.0.1");
    assertThat(RecordedBodies.shape(config(full)))
        .isEqualTo(RecordedBodies.shape(RecordedBodies.body("account-config.json")));
  }

  @ParameterizedTest
  @CsvSource({
    "READ_ONLY, '', 'read_only'",
    "TRADE READ_ONLY, '', 'read_only,trade'",
    "WITHDRAW READ_ONLY, '', 'read_only,withdraw'",
    "TRADE WITHDRAW READ_ONLY, '', 'read_only,withdraw,trade'",
    "READ_ONLY, 127.0.0.1, read_only",
    "READ_ONLY, '203.0.113.7,127.0.0.1', read_only",
  })
  void the_config_shows_permissions_and_addresses(String may, String ip, String perm)
      throws IOException {
    Permission[] permissions =
        List.of(may.split(" ", -1)).stream().map(Permission::valueOf).toArray(Permission[]::new);
    SimulatedUser allowed = Keys.allowing(user, permissions);
    JsonNode shown = shown(ip.isEmpty() ? allowed : Keys.boundTo(allowed, ip.split(",", -1)));
    assertThat(shown.path("perm").textValue()).isEqualTo(perm);
    assertThat(shown.path("ip").textValue()).isEqualTo(ip);
  }

  @Test
  void the_config_shows_a_label_whatever_it_holds() throws IOException {
    String label = "it's \"mine\" %s \\ {address}\n\u00e9";
    assertThat(shown(Keys.labelled(label, user)).path("label").textValue()).isEqualTo(label);
  }

  @Test
  void a_main_account_is_told_from_a_sub_account() throws IOException {
    SimulatedUser main = SimulatedUser.unnamed(new SplittableRandom(2));
    JsonNode ofMain = shown(main);
    assertThat(ofMain.path("type").textValue()).isEqualTo("0");
    assertThat(ofMain.path("uid").textValue()).isEqualTo(main.uid());
    assertThat(ofMain.path("mainUid").textValue()).isEqualTo(main.uid());
    JsonNode ofSub = shown(Keys.under(main, user));
    assertThat(ofSub.path("type").textValue()).isEqualTo("1");
    assertThat(ofSub.path("uid").textValue()).isEqualTo(user.uid());
    assertThat(ofSub.path("mainUid").textValue()).isEqualTo(main.uid());
  }

  @Test
  void two_keys_of_one_user_id_share_the_limit_of_every_endpoint() {
    SimulatedUser twin = Keys.sharing(user, SimulatedUser.unnamed(new SplittableRandom(3)));
    ScriptedExchange exchange = new ScriptedExchange(List.of(user, twin), 7, START);
    for (int i = 0; i < 5; i++) {
      exchange.respond(i, START, Client.get(user, Client.CONFIG, START));
    }
    SimulatedRequest ofTwin = Client.get(twin, Client.CONFIG, START);
    assertThat(exchange.respond(5, START, ofTwin).status()).isEqualTo(429);
    assertThat(exchange.violations(Endpoint.ACCOUNT_CONFIG)).isOne();
  }

  @Test
  void a_sub_account_has_a_limit_of_its_own() {
    SimulatedUser main = SimulatedUser.unnamed(new SplittableRandom(2));
    SimulatedUser sub = Keys.under(main, user);
    ScriptedExchange exchange = new ScriptedExchange(List.of(main, sub), 7, START);
    exchange.respond(0, START, Client.get(main, Client.USDT, START));
    exchange.respond(0, START, Client.get(sub, Client.USDT, START));
    assertThat(exchange.arrivals()).isEqualTo(2);
    assertThat(exchange.violations()).isZero();
  }

  @Test
  void what_needs_no_key_is_limited_per_region_and_address() {
    ScriptedExchange exchange = new ScriptedExchange(List.of(), 7, START);
    SimulatedRequest request = Client.get(Client.STATUS);
    assertThat(exchange.respond(0, START, request).status()).isEqualTo(200);
    assertThat(exchange.respond(0, START, Client.to(SimulatedRegion.US, request)).status())
        .isEqualTo(200);
    assertThat(exchange.respond(0, START, Client.from("203.0.113.7", request)).status())
        .isEqualTo(200);
    assertThat(exchange.violations(Endpoint.SYSTEM_STATUS)).isZero();
    assertThat(exchange.respond(5 * SECOND - 1, START, request).status()).isEqualTo(429);
    assertThat(exchange.violations(Endpoint.SYSTEM_STATUS)).isOne();
  }

  /** Sends a request to an exchange that knows only this user. */
  private static SimulatedResponse respond(SimulatedUser user, SimulatedRequest request) {
    return new SimulatedExchange(List.of(user), 7, START).respond(0, START, request);
  }

  private static String config(SimulatedUser user) {
    return Client.text(
        respond(user, Client.from("127.0.0.1", Client.get(user, Client.CONFIG, START))));
  }

  private static JsonNode shown(SimulatedUser user) throws IOException {
    return new ObjectMapper().readTree(config(user)).path("data").path(0);
  }

  private static void assertResponse(SimulatedResponse response, String recorded)
      throws IOException {
    assertThat(Client.text(response)).isEqualTo(RecordedBodies.body(recorded));
    assertThat(response.status()).isEqualTo(401);
  }
}
