package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.fixture.SocketServer;
import io.okxexporter.fixture.Users;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.fixture.VirtualTransport;
import io.okxexporter.fixture.World;
import io.okxexporter.model.Clock;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.LedgerApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.okx.Transport.Fault;
import io.okxexporter.okx.Transport.Reply;
import io.okxexporter.okx.Transport.Request;
import io.okxexporter.okx.Transport.Response;
import io.okxexporter.okx.Transport.Timeouts;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.ScriptedExchange;
import io.okxexporter.simulator.SimulatedResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent for each ledger, and how much of a response is read. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LedgerClientTest {
  private static final String EMPTY = "{\"code\":\"0\",\"msg\":\"\",\"data\":[]}";

  /** One method with its arguments. */
  interface Call {
    void send(LedgerApi okx, User user, Consumer<Outcome<?>> done);
  }

  static Stream<Arguments> calls() {
    Instant before = Instant.ofEpochMilli(1597026383085L);
    String bills = "/api/v5/asset/bills?limit=100";
    String withdrawals = "/api/v5/asset/withdrawal-history?limit=100";
    return Stream.of(
        arguments(bills, (okx, user, done) -> okx.fundingBills(user, null, null, done::accept)),
        arguments(
            bills + "&after=1597026383085",
            (okx, user, done) -> okx.fundingBills(user, null, before, done::accept)),
        arguments(
            bills + "&thirdPartyType=2&after=1597026383085",
            (okx, user, done) -> okx.fundingBills(user, "2", before, done::accept)),
        arguments(
            "/api/v5/account/bills?limit=100&type=1",
            (okx, user, done) -> okx.tradingTransfers(user, null, done::accept)),
        arguments(
            "/api/v5/account/bills?limit=100&type=1&after=623950854533513219",
            (okx, user, done) -> okx.tradingTransfers(user, "623950854533513219", done::accept)),
        arguments(
            "/api/v5/asset/subaccount/bills?limit=100",
            (okx, user, done) -> okx.subAccountTransfers(user, null, done::accept)),
        arguments(
            "/api/v5/asset/subaccount/bills?limit=100&after=1597026383085",
            (okx, user, done) -> okx.subAccountTransfers(user, before, done::accept)),
        arguments(
            withdrawals, (okx, user, done) -> okx.withdrawals(user, null, null, done::accept)),
        arguments(
            withdrawals + "&wdId=15447421",
            (okx, user, done) -> okx.withdrawals(user, "15447421", null, done::accept)),
        arguments(
            withdrawals + "&after=1597026383085",
            (okx, user, done) -> okx.withdrawals(user, null, before, done::accept)),
        arguments(
            "/api/v5/fiat/withdrawal-order-history?limit=100",
            (okx, user, done) -> okx.fiatWithdrawals(user, done::accept)),
        arguments(
            "/api/v5/market/index-tickers?quoteCcy=USDT",
            (okx, user, done) -> okx.indexPrices(user.baseUrl(), user.proxy(), done::accept)));
  }

  private static Arguments arguments(String target, Call call) {
    return Arguments.of(target, call);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void what_is_signed_is_what_goes_over_the_wire(String target, Call call) throws Exception {
    String response = "HTTP/1.1 200 OK\r\nContent-Length: " + EMPTY.length() + "\r\n\r\n" + EMPTY;
    try (SocketServer okx = new SocketServer(SocketServer.answering(response));
        OkHttpTransport http = http()) {
      send(http, userAt(okx.url()), call);
      List<String> lines = okx.requests().get(0).lines().toList();
      assertThat(lines.get(0)).isEqualTo("GET " + target + " HTTP/1.1");
      List<String> headers = new ArrayList<>(List.of("Host: " + okx.url().getAuthority()));
      headers.addAll(
          List.of(
              "Connection: Keep-Alive",
              "User-Agent: okx-exporter/test",
              "Accept: application/json",
              "Accept-Encoding: identity"));
      if (!target.startsWith(Endpoint.INDEX_TICKERS.path())) {
        headers.addAll(signature(lines, target));
      }
      assertThat(lines.subList(1, lines.size())).containsExactlyInAnyOrderElementsOf(headers);
    }
  }

  private static List<String> signature(List<String> lines, String target) {
    String name = "OK-ACCESS-TIMESTAMP: ";
    String timestamp =
        lines.stream()
            .filter(line -> line.startsWith(name))
            .findFirst()
            .orElseThrow()
            .substring(name.length());
    return List.of(
        "OK-ACCESS-KEY: test-key",
        "OK-ACCESS-PASSPHRASE: test-phrase",
        name + timestamp,
        "OK-ACCESS-SIGN: " + Signer.sign(Users.KEY.secretKey(), timestamp, target),
        "x-simulated-trading: 1");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void each_request_has_the_bound_of_its_endpoint_and_the_proxy_of_its_user(
      String target, Call call) throws Exception {
    URI proxy = URI.create("http://proxy.example:3128");
    List<Request> sent = new ArrayList<>();
    Transport transport =
        (request, done) -> {
          sent.add(request);
          done.accept(new Fault(true, true, "gone"));
          return () -> {};
        };
    assertThat(send(transport, Users.through(proxy, Users.user(null, "USDT")), call))
        .isEqualTo(new Failure<>(Reason.TIMEOUT, null, "gone", Duration.ZERO, true, null));
    Endpoint endpoint =
        Stream.of(Endpoint.values())
            .filter(it -> target.startsWith(it.path() + "?"))
            .findFirst()
            .orElseThrow();
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).maxBodyBytes()).isEqualTo(endpoint.maxBodyBytes());
    assertThat(sent.get(0).proxy()).isEqualTo(new HttpProxy(proxy, null));
    assertThat(sent.get(0).timeout()).isNull();
  }

  @Test
  void a_longer_body_is_malformed_over_every_transport() throws Exception {
    int limit = Endpoint.ASSET_BILLS.maxBodyBytes();
    for (Sending transport : List.<Sending>of(this::overHttp, this::inMemory)) {
      assertThat(transport.send(padded(limit))).isEqualTo(new Success<>(List.of()));
      assertThat(((Failure<?>) transport.send(padded(limit + 1))).reason())
          .isEqualTo(Reason.MALFORMED);
    }
  }

  private interface Sending {
    Outcome<?> send(String body) throws Exception;
  }

  private static String padded(int length) {
    String start = "{\"code\":\"0\",\"data\":[],\"x\":\"";
    return start + "x".repeat(length - start.length() - 2) + "\"}";
  }

  private Outcome<?> overHttp(String body) throws Exception {
    String response = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    try (SocketServer okx = new SocketServer(SocketServer.answering(response));
        OkHttpTransport http = http()) {
      return send(http, userAt(okx.url()), LedgerClientTest::bills);
    }
  }

  private Outcome<?> inMemory(String body) {
    VirtualTime time = new VirtualTime(World.START);
    ScriptedExchange exchange = new ScriptedExchange(List.of(), 1, World.START);
    SimulatedResponse response = new SimulatedResponse(200, Map.of(), body.getBytes(UTF_8));
    exchange.script(request -> Behaviour.of(new Reaction.Answer(response)));
    CompletableFuture<Outcome<?>> outcome = new CompletableFuture<>();
    bills(
        new LedgerClient(
            new VirtualTransport(exchange, time), time, host -> Duration.ZERO, "okx-exporter/test"),
        Users.user(null, "USDT"),
        outcome::complete);
    time.advance(Duration.ofSeconds(1));
    return Objects.requireNonNull(outcome.getNow(null));
  }

  private static void bills(LedgerApi okx, User user, Consumer<Outcome<?>> done) {
    okx.fundingBills(user, null, null, done::accept);
  }

  @Test
  void a_response_s_wait_and_a_lost_request_are_handed_on() throws Exception {
    Reply busy = new Response(503, "7", null, new byte[0]);
    assertThat(send(replying(busy), Users.user(null, "USDT"), LedgerClientTest::bills))
        .isEqualTo(Failure.answered(Reason.UNAVAILABLE, null, "HTTP 503", Duration.ofSeconds(7)));
    Reply refused = new Fault(false, false, "refused");
    assertThat(send(replying(refused), Users.user(null, "USDT"), LedgerClientTest::bills))
        .isEqualTo(new Failure<>(Reason.NETWORK, null, "refused", Duration.ZERO, false, null));
  }

  private static Transport replying(Reply reply) {
    return (request, done) -> {
      done.accept(reply);
      return () -> {};
    };
  }

  private static OkHttpTransport http() {
    Timeouts timeouts = new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30));
    return new OkHttpTransport(timeouts, 1, Clock.system(), new SimpleMeterRegistry());
  }

  private static User userAt(URI okx) {
    return new User(null, okx, true, List.of("USDT"), Users.KEY, 1, null, null);
  }

  private static Outcome<?> send(Transport transport, User user, Call call) throws Exception {
    CompletableFuture<Outcome<?>> outcome = new CompletableFuture<>();
    call.send(
        new LedgerClient(transport, Clock.system(), host -> Duration.ZERO, "okx-exporter/test"),
        user,
        outcome::complete);
    return outcome.get(30, TimeUnit.SECONDS);
  }
}
