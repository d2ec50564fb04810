package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.fixture.SocketServer;
import io.okxexporter.fixture.SocketServer.RequestHandler;
import io.okxexporter.fixture.Users;
import io.okxexporter.model.Clock;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.okx.Transport.Fault;
import io.okxexporter.okx.Transport.Reply;
import io.okxexporter.okx.Transport.Request;
import io.okxexporter.okx.Transport.Response;
import io.okxexporter.okx.Transport.Timeouts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport over real sockets, byte by byte. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OkHttpTransportTest {
  private static final String VALUATION =
      "{\"code\":\"0\",\"msg\":\"\",\"data\":[{\"totalBal\":\"1\",\"details\":{},\"ts\":\"1\"}]}";

  private final OkHttpTransport transport = transport(Duration.ofSeconds(30));

  private static OkHttpTransport transport(Duration callTimeout) {
    Timeouts timeouts = new Timeouts(callTimeout, callTimeout);
    return new OkHttpTransport(timeouts, 4, Clock.system(), new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    transport.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Encoding: gzip, ', with Content-Encoding gzip although not requested'",
    "Content-Encoding: BR, ', with Content-Encoding BR although not requested'",
    "Content-Encoding: test-phrase, ', with Content-Encoding <key> although not requested'",
    "Content-Encoding: identity, ''",
    "X: y, ''"
  })
  void a_response_compressed_although_not_requested_says_so(String header, String said)
      throws Exception {
    String binary = response("200 OK", header + "\r\n", "\u001f\u0008");
    try (SocketServer okx = new SocketServer(SocketServer.answering(binary))) {
      Outcome<Valuation> outcome = valuation(userAt(okx.url(), true, null));
      assertThat(outcome)
          .isEqualTo(Failure.answered(Reason.MALFORMED, null, "HTTP 200" + said, Duration.ZERO));
    }
  }

  @Test
  void what_is_signed_is_what_goes_over_the_wire() throws Exception {
    try (SocketServer okx =
        new SocketServer(SocketServer.answering(response("200 OK", "", VALUATION)))) {
      assertThat(valuation(userAt(okx.url(), true, null))).isInstanceOf(Success.class);
      List<String> lines = okx.requests().get(0).lines().toList();
      assertThat(lines.get(0)).isEqualTo("GET /api/v5/asset/asset-valuation?ccy=USDT HTTP/1.1");
      String timestamp = header(lines, "OK-ACCESS-TIMESTAMP");
      String target = lines.get(0).split(" ", 3)[1];
      String signature = Signer.sign(Users.KEY.secretKey(), timestamp, target);
      assertThat(lines.subList(1, lines.size()))
          .containsExactlyInAnyOrder(
              "Host: " + okx.url().getAuthority(),
              "Connection: Keep-Alive",
              "User-Agent: okx-exporter/test",
              "Accept: application/json",
              "Accept-Encoding: identity",
              "OK-ACCESS-KEY: test-key",
              "OK-ACCESS-PASSPHRASE: test-phrase",
              "OK-ACCESS-TIMESTAMP: " + timestamp,
              "OK-ACCESS-SIGN: " + signature,
              "x-simulated-trading: 1");
    }
  }

  @Test
  void a_live_user_sends_no_demo_header() throws Exception {
    try (SocketServer okx =
        new SocketServer(SocketServer.answering(response("200 OK", "", VALUATION)))) {
      valuation(userAt(okx.url(), false, null));
      assertThat(okx.requests().get(0)).doesNotContain("x-simulated-trading");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "503 Service Unavailable|Retry-After: 0\r\n",
        "408 Request Timeout|",
        "421 Misdirected Request|",
        "302 Found|Location: /elsewhere\r\n",
        "307 Temporary Redirect|Location: http://127.0.0.1:1/\r\n",
        "401 Unauthorized|WWW-Authenticate: Basic realm=\"x\"\r\n",
        "407 Proxy Authentication Required|Proxy-Authenticate: Basic realm=\"x\"\r\n",
        "300 Multiple Choices|Location: /elsewhere\r\n",
        "500 Internal Server Error|",
        "429 Too Many Requests|Retry-After: 0\r\n",
        "200 OK|"
      })
  void no_answer_of_any_kind_makes_a_second_request_and_each_is_read(String statusAndHeaders)
      throws Exception {
    String status = statusAndHeaders.substring(0, statusAndHeaders.indexOf('|'));
    String headers = statusAndHeaders.substring(statusAndHeaders.indexOf('|') + 1);
    try (SocketServer okx =
        new SocketServer(SocketServer.answering(response(status, headers, "body")))) {
      for (int calls = 1; calls <= 2; calls++) {
        Response response = (Response) send(transport, okx.url());
        assertThat(response.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
        assertThat(new String(response.body(), UTF_8)).isEqualTo("body");
        assertThat(okx.requests()).hasSize(calls);
      }
    }
  }

  @Test
  void the_retry_after_header_is_handed_on() throws Exception {
    String response = response("503 Service Unavailable", "Retry-After: 7\r\n", "");
    try (SocketServer okx = new SocketServer(SocketServer.answering(response))) {
      assertThat(((Response) send(transport, okx.url())).retryAfter()).isEqualTo("7");
      assertThat(((Failure<Valuation>) valuation(userAt(okx.url(), false, null))).retryAfter())
          .isEqualTo(Duration.ofSeconds(7));
    }
  }

  @Test
  void a_connection_that_dies_under_a_request_is_not_tried_again() throws Exception {
    try (SocketServer okx = new SocketServer((socket, head) -> socket.close())) {
      Fault fault = (Fault) send(transport, okx.url());
      assertThat(fault.sent()).isTrue();
      assertThat(fault.timedOut()).isFalse();
      assertThat(okx.requests()).hasSize(1);
    }
  }

  @Test
  void a_kept_connection_that_dies_under_a_request_is_not_tried_again() throws Exception {
    RequestHandler respondOnce =
        new RequestHandler() {
          private boolean answered;

          @Override
          public void handle(Socket socket, String head) throws IOException {
            if (answered) {
              socket.close();
            } else {
              answered = true;
              SocketServer.answering(response("200 OK", "", VALUATION)).handle(socket, head);
            }
          }
        };
    try (SocketServer okx = new SocketServer(respondOnce)) {
      assertThat(send(transport, okx.url())).isInstanceOf(Response.class);
      assertThat(((Fault) send(transport, okx.url())).sent()).isTrue();
      assertThat(okx.requests()).hasSize(2);
    }
  }

  /** OkHttp's messages quote what it cannot read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}\"totalBal\":\"12345.67\"}",
        "\"totalBal\":\"12345.67\"}\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n12345.67\r\n"
      })
  void no_fault_repeats_what_an_answer_says(String response) throws Exception {
    try (SocketServer okx = new SocketServer(SocketServer.answering(response))) {
      for (int calls = 1; calls <= 3; calls++) {
        assertThat(send(transport, okx.url()).toString())
            .doesNotContain("totalBal", "12345", Integer.toString(0x12345));
      }
    }
  }

  @Test
  void no_fault_repeats_in_hexadecimal_where_a_chunk_was_cut_short() throws Exception {
    String start = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n112345.67";
    RequestHandler cut =
        (socket, head) -> {
          SocketServer.answering(start).handle(socket, head);
          socket.close();
        };
    try (SocketServer okx = new SocketServer(cut)) {
      assertThat(((Fault) send(transport, okx.url())).detail())
          .startsWith("EOFException")
          .doesNotContain(HexFormat.of().formatHex("12345".getBytes(UTF_8)));
    }
  }

  @Test
  void a_request_that_found_no_connection_cannot_arrive_any_more() throws Exception {
    URI closed = URI.create("http://127.0.0.1:" + SocketServer.freePort());
    Fault fault = (Fault) send(transport, closed);
    assertThat(fault.sent()).isFalse();
    assertThat(fault.timedOut()).isFalse();
    assertThat(fault.detail()).startsWith("ConnectException");
  }

  @Test
  void a_stalled_call_ends_in_a_timeout_and_its_socket_is_reset() throws Exception {
    CompletableFuture<String> end = new CompletableFuture<>();
    RequestHandler stall =
        (socket, head) -> {
          try {
            end.complete("read " + socket.getInputStream().read());
          } catch (SocketException e) {
            end.complete("reset");
          }
        };
    try (SocketServer okx = new SocketServer(stall);
        OkHttpTransport hasty = transport(Duration.ofMillis(200))) {
      Fault fault = (Fault) send(hasty, okx.url());
      assertThat(fault.timedOut()).isTrue();
      assertThat(fault.sent()).isTrue();
      // With linger 0 a close is a reset, after which the kernel delivers nothing.
      assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo("reset");
    }
  }

  @Test
  void a_stall_in_the_body_is_within_the_bound_on_the_whole_call() throws Exception {
    RequestHandler stall =
        (socket, head) -> {
          socket.getOutputStream().write(response("200 OK", "", VALUATION).getBytes(UTF_8), 0, 60);
          socket.getInputStream().read();
        };
    try (SocketServer okx = new SocketServer(stall);
        OkHttpTransport hasty = transport(Duration.ofMillis(300))) {
      assertThat(((Fault) send(hasty, okx.url())).timedOut()).isTrue();
    }
  }

  @Test
  void an_endless_body_is_read_up_to_a_bound() throws Exception {
    RequestHandler endless =
        (socket, head) -> {
          OutputStream out = socket.getOutputStream();
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
          while (true) {
            out.write(new byte[8192]);
          }
        };
    try (SocketServer okx = new SocketServer(endless)) {
      assertThat(((Response) send(transport, okx.url())).body()).hasSize(1024);
    }
  }

  @Test
  void a_body_cut_short_is_no_answer() throws Exception {
    RequestHandler cut =
        (socket, head) -> {
          socket.getOutputStream().write(response("200 OK", "", VALUATION).getBytes(UTF_8), 0, 60);
          socket.close();
        };
    try (SocketServer okx = new SocketServer(cut)) {
      assertThat(send(transport, okx.url())).isInstanceOf(Fault.class);
    }
  }

  @Test
  void a_user_s_proxy_is_used_and_only_by_that_user() throws Exception {
    try (SocketServer proxy =
            new SocketServer(SocketServer.answering(response("200 OK", "", VALUATION)));
        SocketServer okx =
            new SocketServer(SocketServer.answering(response("200 OK", "", VALUATION)))) {
      valuation(userAt(okx.url(), false, proxy.url()));
      assertThat(okx.requests()).isEmpty();
      assertThat(proxy.requests().get(0))
          .startsWith("GET " + okx.url() + "/api/v5/asset/asset-valuation?ccy=USDT HTTP/1.1\n");
      valuation(userAt(okx.url(), false, null));
      assertThat(okx.requests()).hasSize(1);
      assertThat(proxy.requests()).hasSize(1);
    }
  }

  @Test
  void as_many_requests_at_once_as_allowed_keep_as_many_connections_and_all_are_counted()
      throws Exception {
    int users = 100;
    CyclicBarrier together = new CyclicBarrier(users);
    RequestHandler respondTogether =
        (socket, head) -> {
          await(together);
          SocketServer.answering(response("200 OK", "", VALUATION)).handle(socket, head);
        };
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Timeouts timeouts = new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30));
    try (SocketServer okx = new SocketServer(respondTogether);
        OkHttpTransport wide = new OkHttpTransport(timeouts, users, Clock.system(), meters)) {
      List<CompletableFuture<Reply>> replies =
          Stream.generate(() -> sent(wide, okx.url())).limit(users).toList();
      for (CompletableFuture<Reply> reply : replies) {
        assertThat(reply.get(30, TimeUnit.SECONDS)).isInstanceOf(Response.class);
      }
      assertThat(connections(meters, "idle")).isEqualTo(users);
      assertThat(connections(meters, "active")).isZero();
    }
  }

  private static double connections(MeterRegistry meters, String state) {
    return meters.get("okhttp.pool.connection.count").tag("state", state).gauge().value();
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IOException(e);
    }
  }

  @Test
  void a_closed_transport_answers_too() throws Exception {
    transport.close();
    assertThat(send(transport, URI.create("http://127.0.0.1:1"))).isInstanceOf(Fault.class);
  }

  /** OkHttp throws a broken trust store's exceptions without declaring them. */
  @Test
  void a_trust_store_that_cannot_be_read_is_a_fault_and_not_silence(@TempDir Path folder)
      throws Exception {
    String store = "javax.net.ssl.trustStore";
    System.setProperty(store, Files.writeString(folder.resolve("store"), "no keys").toString());
    try {
      Fault fault = (Fault) send(transport, URI.create("https://127.0.0.1:1"));
      assertThat(fault.sent()).isFalse();
      assertThat(fault.detail()).startsWith("KeyStoreException");
    } finally {
      System.clearProperty(store);
    }
  }

  @Test
  void a_request_that_is_cancelled_is_over_and_its_connection_reset() throws Exception {
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    CompletableFuture<String> end = new CompletableFuture<>();
    RequestHandler stall =
        (socket, head) -> {
          arrived.complete(null);
          try {
            end.complete("read " + socket.getInputStream().read());
          } catch (SocketException e) {
            end.complete("reset");
          }
        };
    try (SocketServer okx = new SocketServer(stall)) {
      CompletableFuture<Reply> reply = new CompletableFuture<>();
      Transport.Cancellation cancellation = transport.send(request(okx.url()), reply::complete);
      arrived.get(30, TimeUnit.SECONDS);
      cancellation.cancel();
      assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo("reset");
      assertThat(((Fault) reply.get(30, TimeUnit.SECONDS)).sent()).isTrue();
    }
  }

  @Test
  void threads_that_do_not_return_are_counted_and_bounded() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    SimpleMeterRegistry meters =
        new SimpleMeterRegistry() {
          @Override
          protected Timer newTimer(
              Meter.Id id, DistributionStatisticConfig config, PauseDetector pauses) {
            try {
              stuck.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.newTimer(id, config, pauses);
          }
        };
    Timeouts timeouts = new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30));
    try (SocketServer okx =
            new SocketServer(SocketServer.answering(response("200 OK", "", VALUATION)));
        OkHttpTransport wide = new OkHttpTransport(timeouts, 4, Clock.system(), meters)) {
      List<CompletableFuture<Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        replies.add(reply);
        wide.send(request(okx.url()), reply::complete).cancel();
      }
      Gauge gauge = meters.get("okhttp.stuck.threads").gauge();
      assertThat(gauge.value()).isEqualTo(64);
      Fault rejected = (Fault) send(wide, okx.url());
      assertThat(rejected.sent()).isFalse();
      assertThat(rejected.detail()).contains("64 threads did not return");
      stuck.countDown();
      for (CompletableFuture<Reply> reply : replies) {
        reply.get(30, TimeUnit.SECONDS);
      }
      assertThat(gauge.value()).isZero();
      assertThat(send(wide, okx.url())).isInstanceOf(Response.class);
    }
  }

  private Outcome<Valuation> valuation(User user) throws Exception {
    CompletableFuture<Outcome<Valuation>> outcome = new CompletableFuture<>();
    new OkxClient(transport, Clock.system(), host -> Duration.ZERO, "okx-exporter/test")
        .valuation(user, "USDT", outcome::complete);
    return outcome.get(30, TimeUnit.SECONDS);
  }

  private static Reply send(Transport transport, URI url) throws Exception {
    return sent(transport, url).get(30, TimeUnit.SECONDS);
  }

  private static CompletableFuture<Reply> sent(Transport transport, URI url) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    transport.send(request(url), reply::complete);
    return reply;
  }

  private static Request request(URI url) {
    return new Request(url, "/", Map.of("User-Agent", "test"), null, null, 1024, null);
  }

  private static User userAt(URI okx, boolean demo, @org.jspecify.annotations.Nullable URI proxy) {
    HttpProxy via = proxy == null ? null : new HttpProxy(proxy, null);
    return new User(null, okx, demo, List.of("USDT"), Users.KEY, 1, null, via);
  }

  private static String response(String status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String header(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElseThrow();
  }
}
