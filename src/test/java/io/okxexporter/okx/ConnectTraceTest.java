package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.fixture.Authority;
import io.okxexporter.model.Clock;
import io.okxexporter.model.HostFault;
import io.okxexporter.model.Reach;
import io.okxexporter.model.Reach.Reached;
import io.okxexporter.model.Reach.Unreached;
import io.okxexporter.okx.Transport.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a host is reached, as {@code check} reports it, over the transport that polls. */
class ConnectTraceTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  @TempDir private Path folder = Path.of("");

  /** What a server does with a connection. */
  private interface Handler {
    void handle(Socket socket) throws IOException;
  }

  @Test
  void a_plain_host_is_reached_by_name_and_connection() throws Exception {
    try (ServerSocket server = serving(plain(), socket -> {})) {
      Reach reach = reach(URI.create("http://127.0.0.1:" + server.getLocalPort()), null);
      assertThat(((Reached) reach).took()).containsOnlyKeys("DNS", "TCP");
    }
  }

  @Test
  void a_closed_port_refuses() throws Exception {
    int port;
    try (ServerSocket server = plain()) {
      port = server.getLocalPort();
    }
    assertThat(unreached(reach(URI.create("https://127.0.0.1:" + port), null), "TCP"))
        .isEqualTo(HostFault.REFUSED);
  }

  @Test
  void a_server_that_speaks_no_tls_is_told() throws Exception {
    try (ServerSocket server =
        serving(
            plain(),
            socket ->
                socket.getOutputStream().write("HTTP/1.1 400\r\n\r\n".getBytes(ISO_8859_1)))) {
      URI host = URI.create("https://127.0.0.1:" + server.getLocalPort());
      assertThat(unreached(reach(host, null), "TLS")).isEqualTo(HostFault.NO_TLS);
    }
  }

  @Test
  void a_server_that_says_nothing_is_given_up() throws Exception {
    try (ServerSocket server = serving(plain(), socket -> socket.getInputStream().readAllBytes())) {
      URI host = URI.create("https://127.0.0.1:" + server.getLocalPort());
      Reach reach = reach(host, null, Duration.ofMillis(200));
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
  void a_dead_address_of_a_host_does_not_keep_it_from_the_others() throws Exception {
    // Nothing listens on ::1, which comes first or second for localhost, as the machine has it.
    try (ServerSocket server = serving(plain(), socket -> {})) {
      Reach reach = reach(URI.create("http://localhost:" + server.getLocalPort()), null);
      assertThat(((Reached) reach).took()).containsOnlyKeys("DNS", "TCP");
    }
  }

  @Test
  void a_proxy_is_asked_for_the_host_and_may_refuse() throws Exception {
    CompletableFuture<String> asked = new CompletableFuture<>();
    try (ServerSocket proxy =
        serving(
            plain(),
            socket -> {
              byte[] buffer = new byte[1_000];
              int length = socket.getInputStream().read(buffer);
              asked.complete(new String(buffer, 0, length, ISO_8859_1));
              socket.getOutputStream().write("HTTP/1.1 403 No\r\n\r\n".getBytes(ISO_8859_1));
            })) {
      URI proxyUrl = URI.create("http://127.0.0.1:" + proxy.getLocalPort());
      Reach reach = reach(URI.create("https://okx.example"), proxyUrl);
      assertThat(unreached(reach, "TCP")).isEqualTo(HostFault.PROXY);
      assertThat(((Unreached) reach).detail()).contains("403");
      assertThat(asked.join().lines())
          .startsWith("CONNECT okx.example:443 HTTP/1.1")
          .anyMatch(line -> line.startsWith("User-Agent: "));
    }
  }

  @Test
  void certificates_are_looked_at_as_a_request_would() throws Exception {
    Authority authority = new Authority("okx");
    try (ServerSocket good = tls(authority.issue("dns:localhost").server());
        ServerSocket early = tls(authority.issue(Duration.ofDays(10), "dns:localhost").server())) {
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

  private static URI at(String host, ServerSocket server) {
    return URI.create("https://" + host + ":" + server.getLocalPort());
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

  private static ServerSocket plain() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static ServerSocket tls(SSLContext context) throws IOException {
    return serving(
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        socket -> socket.getInputStream().readAllBytes());
  }

  private static ServerSocket serving(ServerSocket listener, Handler handler) {
    Thread thread = new Thread(() -> serve(listener, handler), "server");
    thread.setDaemon(true);
    thread.start();
    return listener;
  }

  private static void serve(ServerSocket listener, Handler handler) {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        handler.handle(socket);
      } catch (IOException e) {
        // a connection that breaks is what the tests are about
      }
    }
  }
}
