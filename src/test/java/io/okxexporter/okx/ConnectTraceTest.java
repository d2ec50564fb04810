package io.okxexporter.okx;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.SocketServer;
import io.okxexporter.fixture.SocketServer.Way;
import io.okxexporter.model.Clock;
import io.okxexporter.model.HostFault;
import io.okxexporter.model.Reach;
import io.okxexporter.model.Reach.Reached;
import io.okxexporter.model.Reach.Unreached;
import io.okxexporter.okx.Transport.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a host is reached, as {@code check} reports it, over the transport that polls. */
@Tag("slow")
class ConnectTraceTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  @TempDir private Path folder = Path.of("");

  @Test
  void a_plain_host_is_reached_by_name_and_connection() throws Exception {
    try (SocketServer server = server((it, socket) -> {})) {
      Reach reach = reach(server.url(), null);
      assertThat(((Reached) reach).took()).containsOnlyKeys("DNS", "TCP");
    }
  }

  @Test
  void a_closed_port_refuses() throws Exception {
    URI nobody = URI.create("https://127.0.0.1:" + SocketServer.freePort());
    assertThat(unreached(reach(nobody, null), "TCP")).isEqualTo(HostFault.REFUSED);
  }

  @Test
  void a_server_that_speaks_no_tls_is_told() throws Exception {
    try (SocketServer server =
        server((it, socket) -> SocketServer.write(socket, "HTTP/1.1 400\r\n\r\n"))) {
      assertThat(unreached(reach(at("127.0.0.1", server), null), "TLS"))
          .isEqualTo(HostFault.NO_TLS);
    }
  }

  @Test
  void a_server_that_says_nothing_is_given_up() throws Exception {
    try (SocketServer server = server((it, socket) -> socket.getInputStream().readAllBytes())) {
      Reach reach = reach(at("127.0.0.1", server), null, Duration.ofMillis(200));
      assertThat(unreached(reach, "TLS")).isEqualTo(HostFault.TIMEOUT);
    }
  }

  @Test
  void a_transport_that_never_comes_back_is_told_by_the_part_it_is_at() {
    AtomicReference<Reach> reach = new AtomicReference<>();
    Transport stuckInTls =
        (request, done) -> {
          Objects.requireNonNull(request.trace()).begin("TCP");
          Objects.requireNonNull(request.trace()).begin("TLS");
          done.accept(new Transport.Fault(true, false, "given up"));
          return () -> {};
        };
    new OkxClient(stuckInTls, Clock.system(), host -> Duration.ZERO, "test")
        .probe(URI.create("https://okx.example"), null, probe -> reach.set(probe.reach()));
    assertThat(unreached(Objects.requireNonNull(reach.get()), "TLS")).isEqualTo(HostFault.TIMEOUT);
  }

  @Test
  void a_proxy_is_asked_for_the_host_and_may_refuse() throws Exception {
    try (SocketServer proxy = new SocketServer(SocketServer.answering("HTTP/1.1 403 No\r\n\r\n"))) {
      Reach reach = reach(URI.create("https://okx.example"), proxy.url());
      assertThat(unreached(reach, "TCP")).isEqualTo(HostFault.PROXY);
      assertThat(((Unreached) reach).detail()).contains("403");
      assertThat(proxy.requests().get(0).lines())
          .startsWith("CONNECT okx.example:443 HTTP/1.1")
          .anyMatch(line -> line.startsWith("User-Agent: "));
    }
  }

  @Test
  void certificates_are_looked_at_as_a_request_would() throws Exception {
    Authority authority = new Authority("okx");
    try (SocketServer good = tls(authority.issue("dns:localhost").server());
        SocketServer early = tls(authority.issue(Duration.ofDays(10), "dns:localhost").server())) {
      assertThat(unreached(reach(at("localhost", good), null), "TLS"))
          .isEqualTo(HostFault.UNTRUSTED);
      System.setProperty(TRUST_STORE, authority.trustStore(folder).toString());
      assertThat(((Reached) reach(at("localhost", good), null)).took())
          .containsOnlyKeys("DNS", "TCP", "TLS");
      assertThat(unreached(reach(at("127.0.0.1", good), null), "TLS"))
          .isEqualTo(HostFault.WRONG_NAME);
      assertThat(unreached(reach(at("localhost", early), null), "TLS"))
          .isEqualTo(HostFault.NOT_YET_VALID);
    }
  }

  @AfterEach
  void trustTheUsualAgain() {
    System.clearProperty(TRUST_STORE);
  }

  private static URI at(String host, SocketServer server) {
    return URI.create("https://" + host + ":" + server.port());
  }

  private static HostFault unreached(Reach reach, String part) {
    assertThat(reach).isInstanceOf(Unreached.class);
    assertThat(((Unreached) reach).part()).isEqualTo(part);
    return ((Unreached) reach).fault();
  }

  private static Reach reach(URI host, @Nullable URI proxyUrl) {
    return reach(host, proxyUrl, LONG);
  }

  private static Reach reach(URI host, @Nullable URI proxyUrl, Duration timeout) {
    CompletableFuture<Reach> reach = new CompletableFuture<>();
    try (OkHttpTransport transport =
        new OkHttpTransport(
            new Timeouts(timeout, timeout), 1, Clock.system(), new SimpleMeterRegistry())) {
      new OkxClient(transport, Clock.system(), any -> Duration.ZERO, "test")
          .probe(host, proxyUrl, probe -> reach.complete(probe.reach()));
      return reach.join();
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
