package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.SocketServer;
import io.okxexporter.fixture.SocketServer.Way;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.model.Clock;
import io.okxexporter.model.ConnectFault;
import io.okxexporter.model.ConnectResult;
import io.okxexporter.model.ConnectResult.Reached;
import io.okxexporter.model.ConnectResult.Unreached;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.Outcome;
import io.okxexporter.okx.Transport.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a host is reached, as {@code check} reports it, over the transport used for polls. */
@Tag("slow")
class ConnectTraceTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  @TempDir private Path folder = Path.of("");

  @Test
  void a_plain_host_is_reached_by_name_and_connection() throws Exception {
    try (SocketServer server = server((it, socket) -> {})) {
      ConnectResult connect = connect(server.url(), null);
      assertThat(((Reached) connect).took()).containsOnlyKeys("DNS", "TCP");
    }
  }

  @Test
  void a_closed_port_refuses() throws Exception {
    URI closed = URI.create("https://127.0.0.1:" + SocketServer.freePort());
    assertThat(unreached(connect(closed, null), "TCP")).isEqualTo(ConnectFault.REFUSED);
  }

  @Test
  void a_server_that_speaks_no_tls_is_told() throws Exception {
    try (SocketServer server =
        server((it, socket) -> SocketServer.write(socket, "HTTP/1.1 400\r\n\r\n"))) {
      assertThat(unreached(connect(at("127.0.0.1", server), null), "TLS"))
          .isEqualTo(ConnectFault.NO_TLS);
    }
  }

  @Test
  void a_server_that_says_nothing_is_given_up() throws Exception {
    try (SocketServer server = server((it, socket) -> socket.getInputStream().readAllBytes())) {
      ConnectResult connect = connect(at("127.0.0.1", server), null, Duration.ofMillis(200));
      assertThat(unreached(connect, "TLS")).isEqualTo(ConnectFault.TIMEOUT);
    }
  }

  @Test
  void a_transport_that_never_comes_back_is_told_by_the_part_it_is_at() {
    AtomicReference<ConnectResult> connect = new AtomicReference<>();
    Transport stuckInTls =
        (request, done) -> {
          Objects.requireNonNull(request.trace()).begin("TCP");
          Objects.requireNonNull(request.trace()).begin("TLS");
          done.accept(new Transport.Fault(true, false, "given up"));
          return () -> {};
        };
    new OkxClient(stuckInTls, Clock.system(), host -> Duration.ZERO, "test")
        .probe(URI.create("https://okx.example"), null, probe -> connect.set(probe.connect()));
    assertThat(unreached(Objects.requireNonNull(connect.get()), "TLS"))
        .isEqualTo(ConnectFault.TIMEOUT);
  }

  /** The first response of a process takes long to read, as classes are loaded. */
  @Test
  void a_response_that_takes_long_to_read_does_not_distort_the_clock() {
    VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
    AtomicReference<Outcome<Duration>> skew = new AtomicReference<>();
    Transport slow =
        (request, done) -> {
          ConnectTrace trace = Objects.requireNonNull(request.trace());
          trace.connected();
          time.advance(Duration.ofMillis(50));
          String body =
              "{\"code\":\"0\",\"data\":[{\"ts\":\"%d\"}]}".formatted(time.now().toEpochMilli());
          time.advance(Duration.ofMillis(50));
          trace.responded();
          time.advance(Duration.ofSeconds(2));
          done.accept(new Transport.Response(200, null, null, body.getBytes(UTF_8)));
          return () -> {};
        };
    new OkxClient(slow, time, host -> Duration.ZERO, "test")
        .probe(URI.create("https://okx.example"), null, probe -> skew.set(probe.skew()));
    assertThat(skew.get()).isEqualTo(new Outcome.Success<>(Duration.ZERO));
  }

  @Test
  void a_proxy_is_asked_for_the_host_and_may_refuse() throws Exception {
    try (SocketServer proxy = new SocketServer(SocketServer.answering("HTTP/1.1 403 No\r\n\r\n"))) {
      ConnectResult connect =
          connect(URI.create("https://okx.example"), new HttpProxy(proxy.url(), null));
      assertThat(unreached(connect, "TCP")).isEqualTo(ConnectFault.PROXY);
      assertThat(((Unreached) connect).detail()).contains("403");
      assertThat(proxy.requests().get(0).lines())
          .startsWith("CONNECT okx.example:443 HTTP/1.1")
          .anyMatch(line -> line.startsWith("User-Agent: "));
    }
  }

  @Test
  void certificates_are_looked_at_as_a_request_would() throws Exception {
    Authority authority = new Authority("okx");
    try (SocketServer usable = tls(authority.issue("dns:localhost").server());
        SocketServer early = tls(authority.issue(Duration.ofDays(10), "dns:localhost").server())) {
      assertThat(unreached(connect(at("localhost", usable), null), "TLS"))
          .isEqualTo(ConnectFault.UNTRUSTED);
      System.setProperty(TRUST_STORE, authority.trustStore(folder).toString());
      assertThat(((Reached) connect(at("localhost", usable), null)).took())
          .containsOnlyKeys("DNS", "TCP", "TLS");
      assertThat(unreached(connect(at("127.0.0.1", usable), null), "TLS"))
          .isEqualTo(ConnectFault.WRONG_NAME);
      assertThat(unreached(connect(at("localhost", early), null), "TLS"))
          .isEqualTo(ConnectFault.NOT_YET_VALID);
    }
  }

  @AfterEach
  void clearTrustStore() {
    System.clearProperty(TRUST_STORE);
  }

  private static URI at(String host, SocketServer server) {
    return URI.create("https://" + host + ":" + server.port());
  }

  private static ConnectFault unreached(ConnectResult connect, String part) {
    assertThat(connect).isInstanceOf(Unreached.class);
    assertThat(((Unreached) connect).part()).isEqualTo(part);
    return ((Unreached) connect).fault();
  }

  private static ConnectResult connect(URI host, @Nullable HttpProxy proxy) {
    return connect(host, proxy, LONG);
  }

  private static ConnectResult connect(URI host, @Nullable HttpProxy proxy, Duration timeout) {
    CompletableFuture<ConnectResult> connect = new CompletableFuture<>();
    try (OkHttpTransport transport =
        new OkHttpTransport(
            new Timeouts(timeout, timeout), 1, Clock.system(), new SimpleMeterRegistry())) {
      new OkxClient(transport, Clock.system(), any -> Duration.ZERO, "test")
          .probe(host, proxy, probe -> connect.complete(probe.connect()));
      return connect.join();
    }
  }

  private static SocketServer server(SocketServer.Handler handler) throws IOException {
    return new SocketServer(Way.PLAIN, () -> null, handler);
  }

  private static SocketServer tls(SSLContext context) throws IOException {
    return new SocketServer(
        Way.TLS, () -> context, (it, socket) -> socket.getInputStream().readAllBytes());
  }
}
