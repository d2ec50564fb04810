package io.okxexporter.okx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.SocketServer;
import io.okxexporter.fixture.SocketServer.Way;
import io.okxexporter.model.Clock;
import io.okxexporter.model.ConnectFault;
import io.okxexporter.okx.Transport.Fault;
import io.okxexporter.okx.Transport.Reply;
import io.okxexporter.okx.Transport.Request;
import io.okxexporter.okx.Transport.Response;
import io.okxexporter.okx.Transport.Timeouts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Authorities that are trusted besides those of Java. Sets a system property of this process. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AddedTrustTest {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final OkHttpTransport transport =
      new OkHttpTransport(
          new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30)),
          1,
          Clock.system(),
          new SimpleMeterRegistry());

  private Authority java;
  private Authority corporate;
  private Authority next;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    java = new Authority("java");
    corporate = new Authority("corporate");
    next = new Authority("next");
    System.setProperty(TRUST_STORE, java.trustStore(folder).toString());
  }

  @AfterEach
  void close() {
    System.clearProperty(TRUST_STORE);
    transport.close();
  }

  @Test
  void it_is_trusted_besides_those_of_java() throws Exception {
    try (SocketServer ofJava = server(java);
        SocketServer intercepted = server(corporate);
        SocketServer stranger = server(next)) {
      assertThat(fault(intercepted)).isEqualTo(ConnectFault.UNTRUSTED);
      trust(corporate);
      assertThat(reply(intercepted)).isInstanceOf(Response.class);
      assertThat(reply(ofJava)).isInstanceOf(Response.class);
      assertThat(fault(stranger)).isEqualTo(ConnectFault.UNTRUSTED);
    }
  }

  /** By neither a kept connection nor a resumed TLS session. */
  @Test
  void one_that_is_removed_is_trusted_no_more() throws Exception {
    try (SocketServer intercepted = server(corporate)) {
      trust(corporate);
      assertThat(reply(intercepted)).isInstanceOf(Response.class);
      trust(next);
      assertThat(fault(intercepted)).isEqualTo(ConnectFault.UNTRUSTED);
      trust(corporate);
      assertThat(reply(intercepted)).isInstanceOf(Response.class);
    }
  }

  @Test
  void the_same_ones_again_cost_no_connection() throws Exception {
    try (SocketServer intercepted = server(corporate)) {
      trust(corporate);
      assertThat(reply(intercepted)).isInstanceOf(Response.class);
      trust(corporate);
      assertThat(reply(intercepted)).isInstanceOf(Response.class);
      assertThat(intercepted.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_broken_trust_store_of_java_is_named_and_the_network_is_not_blamed() throws Exception {
    try (SocketServer okx = server(corporate)) {
      trust(corporate);
      assertThat(reply(okx)).isInstanceOf(Response.class);
      Path junk = Files.writeString(folder.resolve("junk"), "junk");
      System.setProperty(TRUST_STORE, junk.toString());
      assertThatThrownBy(() -> trust(next))
          .hasMessageStartingWith(
              "the trust store of Java: expected a key store that Java can read, but");
      assertThat(reply(okx)).as("keeps what it had").isInstanceOf(Response.class);
    }
  }

  @Test
  void a_trust_store_of_java_that_breaks_before_the_first_request_is_named() throws Exception {
    try (SocketServer okx = server(corporate)) {
      System.setProperty(TRUST_STORE, Files.writeString(folder.resolve("junk"), "junk").toString());
      assertThat(faultOfNewTransport(okx)).isEqualTo(ConnectFault.TRUST_STORE);
    }
  }

  private static @Nullable ConnectFault faultOfNewTransport(SocketServer okx) throws Exception {
    try (OkHttpTransport another =
        new OkHttpTransport(Timeouts.DEFAULT, 1, Clock.system(), new SimpleMeterRegistry())) {
      return ((Fault) reply(another, okx)).connect();
    }
  }

  private void trust(Authority authority) throws Exception {
    transport.trust(List.<X509Certificate>of(authority.root.certificate()));
  }

  private static SocketServer server(Authority authority) throws Exception {
    SSLContext context = authority.issue("dns:localhost").server();
    return new SocketServer(
        Way.TLS, () -> context, SocketServer.requests(SocketServer.answering(OK)));
  }

  private @Nullable ConnectFault fault(SocketServer server) throws Exception {
    return ((Fault) reply(server)).connect();
  }

  private Reply reply(SocketServer server) throws Exception {
    return reply(transport, server);
  }

  private static Reply reply(Transport transport, SocketServer server) throws Exception {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    URI url = server.url();
    transport.send(new Request(url, "/", Map.of(), null, null, 1024, null), reply::complete);
    return reply.get(30, TimeUnit.SECONDS);
  }
}
