package io.okxexporter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.Credentials;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedExchangeTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final long SECOND = 1_000_000_000L;

  private final SimulatedUser user = SimulatedUser.unnamed(new SplittableRandom(1));
  private final SimulatedUser demo =
      new SimulatedUser(
          "demo",
          "123456789012345678",
          SimulatedUser.unnamed(new SplittableRandom(2)).credentials(),
          true);

  /** Has no script; counts arrivals. */
  private final ScriptedExchange exchange = new ScriptedExchange(List.of(user, demo), 7, START);

  private long nanos = -5;

  @Test
  void a_missing_key_is_refused_as_recorded() throws IOException {
    assertResponse(
        Client.with(request(), "ok-access-key", null),
        401,
        RecordedBodies.body("error-50103.json"));
  }

  @Test
  void an_unknown_key_is_refused_as_recorded_before_anything_else_is_looked_at()
      throws IOException {
    SimulatedRequest bare = Client.get(Client.USDT, Map.of("OK-ACCESS-KEY", "nobody"));
    assertResponse(bare, 401, RecordedBodies.body("error-50111-http401.json"));
  }

  @Test
  void a_live_key_with_the_demo_header_is_refused_as_recorded() throws IOException {
    assertResponse(
        Client.with(request(), "x-simulated-trading", "1"),
        401,
        RecordedBodies.body("error-50101-http401.json"));
  }

  @Test
  void a_demo_key_needs_the_demo_header() throws IOException {
    SimulatedRequest request = Client.get(demo, Client.USDT, START);
    assertResponse(request, 401, RecordedBodies.body("error-50101-http401.json"));
    assertThat(respond(Client.with(request, "x-simulated-trading", "1")).status()).isEqualTo(200);
  }

  @Test
  void a_wrong_passphrase_is_refused_as_recorded() throws IOException {
    assertResponse(
        Client.with(request(), "ok-access-passphrase", "wrong"),
        401,
        RecordedBodies.body("error-50105-http401.json"));
  }

  @Test
  void a_wrong_signature_is_refused_as_recorded() throws IOException {
    assertResponse(
        Client.with(request(), "ok-access-sign", "d3Jvbmc="),
        401,
        RecordedBodies.body("error-50113-http401.json"));
  }

  @Test
  void a_signature_of_another_target_is_refused_as_recorded() throws IOException {
    SimulatedRequest other = Client.get(user, Client.VALUATION + "?ccy=BTC", START);
    assertResponse(
        Client.get(Client.USDT, other.headers()),
        401,
        RecordedBodies.body("error-50113-http401.json"));
  }

  @Test
  void a_timestamp_more_than_30_s_off_is_refused_as_recorded() throws IOException {
    String expired = RecordedBodies.body("error-50102-http401.json");
    assertResponse(Client.get(user, Client.USDT, START.minusMillis(30_001)), 401, expired);
    assertResponse(Client.get(user, Client.USDT, START.plusMillis(30_001)), 401, expired);
  }

  @Test
  void a_timestamp_30_s_off_is_good_enough() {
    assertThat(respond(Client.get(user, Client.USDT, START.minusMillis(30_000))).status())
        .isEqualTo(200);
    assertThat(respond(Client.get(user, Client.USDT, START.plusMillis(30_000))).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T12:00:00Z",
        "2026-11-22T12:00:00.1Z",
        "2026-11-22T12:00:00.123456Z",
        "2026-11-22T12:00:00.123+00:00",
        "2026-11-31T12:00:00.123Z",
        "1795348800123"
      })
  void a_timestamp_of_another_format_is_refused(String timestamp) {
    assertResponse(
        Client.get(user, Client.USDT, timestamp),
        401,
        "{\"msg\":\"Invalid OK-ACCESS-TIMESTAMP\",\"code\":\"50112\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "ok-access-passphrase, 50104, OK-ACCESS-PASSPHRASE",
    "ok-access-sign, 50106, OK-ACCESS-SIGN",
    "ok-access-timestamp, 50107, OK-ACCESS-TIMESTAMP"
  })
  void a_missing_header_is_named(String header, String code, String shown) {
    String body =
        "{\"msg\":\"Request header " + shown + " can not be empty.\",\"code\":\"" + code + "\"}";
    assertResponse(Client.with(request(), header, null), 401, body);
    assertResponse(Client.with(request(), header, ""), 401, body);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v5/account/balance, PJ61e1nb2F2Qd7D8SPiaIcx2gjdELc+o0ygzre9z33k=",
    "/api/v5/asset/asset-valuation?ccy=USD, /5IpQnwsTOgaAOthuFoX1c0JWiIzDI9CJg+ykET5g7c="
  })
  void signatures_are_those_of_the_published_vectors(String target, String signature) {
    Secret secret = new Secret("chNOOS4KvNXR_Xq4k4c9qsfoKWvnDecLATCRlcBwyKDYnWgO");
    assertThat(RequestAuthenticator.signature(secret, "2020-12-08T09:08:57.715Z" + "GET" + target))
        .isEqualTo(signature);
  }

  @Test
  void a_unit_okx_does_not_know_is_refused_as_made() throws IOException {
    String rejected = RecordedBodies.body("error-51000-http400.json");
    assertResponse(Client.get(user, Client.VALUATION + "?ccy=JP", START), 400, rejected);
    assertResponse(Client.get(user, Client.VALUATION + "?ccy=ETH", START), 400, rejected);
    assertResponse(Client.get(user, Client.VALUATION + "?ccy=usdt", START), 400, rejected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BTC", "USDT", "USD", "CNY", "JPY", "KRW", "RUB", "EUR", "VND", "IDR", "INR", "PHP", "THB",
        "TRY", "AUD", "SGD", "ARS", "SAR", "AED", "IQD"
      })
  void every_unit_of_okx_is_answered(String ccy) {
    SimulatedRequest request = Client.get(user, Client.VALUATION + "?ccy=" + ccy, START);
    assertThat(respond(request).status()).isEqualTo(200);
  }

  @Test
  void without_a_unit_the_answer_is_in_btc() {
    String inBtc = Client.text(respond(Client.get(user, Client.VALUATION + "?ccy=BTC", START)));
    assertThat(Client.text(respond(Client.get(user, Client.VALUATION, START)))).isEqualTo(inBtc);
    assertThat(Client.text(respond(Client.get(user, Client.VALUATION + "?ccy=", START))))
        .isEqualTo(inBtc);
  }

  @Test
  void a_valuation_has_the_fields_of_the_documented_one_in_their_order() throws IOException {
    assertThat(RecordedBodies.shape(Client.text(respond(request()))))
        .isEqualTo(RecordedBodies.shape(RecordedBodies.body("success-documented.json")));
  }

  @Test
  void a_config_has_the_fields_of_the_documented_one_in_their_order() throws IOException {
    String config = Client.text(respond(Client.get(user, Client.CONFIG, START)));
    assertThat(RecordedBodies.shape(config))
        .isEqualTo(RecordedBodies.shape(RecordedBodies.body("account-config.json")));
    assertThat(config).contains("\"uid\":\"" + user.uid() + "\"", "\"perm\":\"read_only\"");
  }

  @Test
  void the_time_needs_no_key() {
    assertResponse(
        Client.get(Client.TIME),
        200,
        "{\"code\":\"0\",\"data\":[{\"ts\":\"1795348800123\"}],\"msg\":\"\"}");
  }

  @Test
  void anything_else_is_not_found() {
    String body = "{\"msg\":\"Not Found\",\"code\":\"404\"}";
    assertResponse(Client.get("/"), 404, body);
    assertResponse(Client.get(Client.VALUATION + "/"), 404, body);
  }

  @Test
  void only_get_is_allowed() {
    assertResponse(
        new SimulatedRequest("POST", Client.USDT, Map.of(), SimulatedRegion.GLOBAL, "127.0.0.1"),
        405,
        "{\"msg\":\"Method Not Allowed\",\"code\":\"405\"}");
  }

  @Test
  void arrivals_exactly_a_second_apart_keep_the_limit() {
    assertThat(respondAt(0).status()).isEqualTo(200);
    assertThat(respondAt(SECOND).status()).isEqualTo(200);
    assertThat(exchange.violations()).isZero();
    assertThat(exchange.smallestGap()).contains(Duration.ofSeconds(1));
  }

  @Test
  void arrivals_a_nanosecond_less_apart_break_it_as_recorded() throws IOException {
    respondAt(Long.MAX_VALUE); // monotonic time has any origin, and may wrap around
    SimulatedResponse rejected = respondAt(Long.MAX_VALUE + SECOND - 1);
    assertThat(rejected.status()).isEqualTo(429);
    assertThat(Client.text(rejected)).isEqualTo(RecordedBodies.body("error-50011-http429.json"));
    assertThat(exchange.violations()).isOne();
    assertThat(exchange.arrivals()).isEqualTo(2);
  }

  @Test
  void a_refused_arrival_is_an_arrival() {
    assertThat(respondAt(0).status()).isEqualTo(200);
    assertThat(respondAt(SECOND / 2).status()).isEqualTo(429);
    assertThat(respondAt(SECOND + SECOND / 4).status()).isEqualTo(429);
    assertThat(respondAt(2 * SECOND + SECOND / 4).status()).isEqualTo(200);
    assertThat(exchange.violations()).isEqualTo(2);
    assertThat(exchange.arrivals(user.uid())).isEqualTo(4);
  }

  @Test
  void an_arrival_counts_whatever_else_is_wrong_with_it() {
    exchange.respond(0, START, Client.with(request(), "ok-access-sign", null));
    exchange.respond(SECOND, START, Client.get(user, Client.VALUATION + "?ccy=JP", START));
    assertThat(respondAt(2 * SECOND - 1).status()).isEqualTo(429);
    assertThat(exchange.arrivals()).isEqualTo(3);
  }

  @Test
  void an_arrival_told_late_is_judged_by_when_it_arrived() {
    respondAt(3 * SECOND);
    assertThat(respondAt(2 * SECOND).status()).isEqualTo(200);
    assertThat(respondAt(3 * SECOND - 1).status()).isEqualTo(429);
  }

  @Test
  void users_have_limits_of_their_own() {
    respondAt(0);
    SimulatedRequest other =
        Client.with(Client.get(demo, Client.USDT, START), "x-simulated-trading", "1");
    assertThat(exchange.respond(0, START, other).status()).isEqualTo(200);
    assertThat(exchange.smallestGap()).isEmpty();
  }

  @Test
  void two_keys_of_one_user_id_share_limit_and_portfolio() {
    Credentials second = SimulatedUser.unnamed(new SplittableRandom(3)).credentials();
    SimulatedUser twin = new SimulatedUser("twin", user.uid(), second, false);
    SimulatedExchange shared = new SimulatedExchange(List.of(user, twin), 7, START);
    SimulatedRequest ofTwin = Client.get(twin, Client.USDT, START);
    String seenByUser = Client.text(shared.respond(0, START, request()));
    assertThat(shared.respond(SECOND - 1, START, ofTwin).status()).isEqualTo(429);
    assertThat(Client.text(shared.respond(2 * SECOND, START, ofTwin))).isEqualTo(seenByUser);
  }

  @Test
  void the_other_endpoints_have_their_own_limits() {
    assertThat(admitted(Client.CONFIG, 8)).isEqualTo(5);
    assertThat(admitted(Client.TIME, 13)).isEqualTo(10);
    assertThat(admitted(Client.STATUS, 2)).isEqualTo(1);
    assertThat(exchange.violations()).isZero();
    assertThat(exchange.violations(Endpoint.ACCOUNT_CONFIG)).isEqualTo(3);
    assertThat(exchange.arrivals(Endpoint.PUBLIC_TIME)).isEqualTo(13);
  }

  @Test
  void users_have_play_keys_of_the_shape_of_real_ones() {
    List<SimulatedUser> users = SimulatedUser.named(3, new SplittableRandom(4));
    assertThat(users).isEqualTo(SimulatedUser.named(3, new SplittableRandom(4)));
    assertThat(users).extracting(SimulatedUser::name).containsExactly("user1", "user2", "user3");
    for (SimulatedUser one : users) {
      assertThat(one.uid()).matches("[1-9]\\d{17}");
      assertThat(one.credentials().apiKey().reveal())
          .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
      assertThat(one.credentials().secretKey().reveal()).matches("[0-9A-F]{32}");
      assertThat(one.credentials().passphrase().reveal()).matches("[A-Za-z0-9-]{8,32}");
    }
  }

  @Test
  void neither_secrets_nor_balances_show() {
    assertThat(request() + " " + user + " " + respond(request()))
        .startsWith("GET " + Client.USDT + " SimulatedUser")
        .doesNotContain(user.credentials().secretKey().reveal())
        .doesNotContain(user.credentials().passphrase().reveal())
        .doesNotContain("totalBal");
  }

  private SimulatedRequest request() {
    return Client.get(user, Client.USDT, START);
  }

  /** Responds at a distance from earlier arrivals that every limit admits. */
  private SimulatedResponse respond(SimulatedRequest request) {
    nanos += 10 * SECOND;
    return exchange.respond(nanos, START, request);
  }

  private SimulatedResponse respondAt(long arrivalNanos) {
    return exchange.respond(arrivalNanos, START, request());
  }

  private long admitted(String target, int requests) {
    long admitted = 0;
    for (int i = 0; i < requests; i++) {
      SimulatedResponse response = exchange.respond(0, START, Client.get(user, target, START));
      admitted += response.status() == 200 ? 1 : 0;
    }
    return admitted;
  }

  private void assertResponse(SimulatedRequest request, int status, String body) {
    SimulatedResponse response = respond(request);
    assertThat(Client.text(response)).isEqualTo(body);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers()).containsEntry("Content-Type", "application/json");
  }
}
