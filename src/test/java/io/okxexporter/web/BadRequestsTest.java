package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import io.okxexporter.fixture.CapturedLog;
import io.okxexporter.web.config.WebSettings;
import io.okxexporter.web.config.WebSettings.ClientAuth;
import io.okxexporter.web.config.WebSettings.Tls;
import io.okxexporter.web.config.WebSettingsSource;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Errors of clients log nothing at the default level. */
class BadRequestsTest {
  private static final Map<String, String> USERS =
      Map.of("alice", BCrypt.withDefaults().hashToString(4, "right".toCharArray()));

  private interface Client {
    Socket connect() throws Exception;
  }

  @Test
  void over_http() throws Exception {
    try (CapturedLog log = new CapturedLog(Level.INFO)) {
      try (WebFixture web = new WebFixture(MutableSettings.users(Map.of()).protection())) {
        sendAll(() -> web.raw(""), BadRequests.http1());
        sendAll(() -> web.raw(""), BadRequests.random());
        sendAll(() -> web.raw(""), BadRequests.http2());
        assertThat(web.get("/metrics").statusCode()).isEqualTo(200);
      }
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void where_passwords_are_asked_for() throws Exception {
    try (CapturedLog log = new CapturedLog(Level.INFO)) {
      try (WebFixture web = new WebFixture(MutableSettings.users(USERS).protection())) {
        sendAll(() -> web.raw(""), BadRequests.http1());
        sendAll(() -> web.raw(""), BadRequests.random());
        assertThat(
                web.get("/metrics", WebConfigHandlerTest.authorization("alice", "right"))
                    .statusCode())
            .isEqualTo(200);
      }
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void over_tls() throws Exception {
    Authority authority = new Authority("ca");
    MutableSettings settings = MutableSettings.users(USERS);
    settings.set(tls(authority, ClientAuth.NO_CLIENT_CERT), Map.of(), USERS, null);
    TlsClient client = new TlsClient(authority, null);
    try (CapturedLog log = new CapturedLog(Level.INFO)) {
      try (WebFixture web = new WebFixture(settings.protection())) {
        sendAll(() -> web.raw(""), BadRequests.inPlaceOfTls());
        send(() -> client.connect(web.address(), it -> {}), BadRequests.http1(), true);
        sendAll(() -> client.connect(web.address(), BadRequestsTest::http2), BadRequests.http2());
        String[] right = WebConfigHandlerTest.authorization("alice", "right");
        assertThat(client.get(web.address(), "/metrics", right).text()).startsWith("HTTP/1.1 200 ");
      }
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void in_the_middle_of_a_handshake() throws Exception {
    Authority authority = new Authority("ca");
    MutableSettings settings =
        MutableSettings.tls(tls(authority, ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT));
    Issued stranger = Authority.selfSigned("dns:stranger");
    Issued known = authority.issue("dns:known");
    try (CapturedLog log = new CapturedLog(Level.INFO)) {
      try (WebFixture web = new WebFixture(settings.protection())) {
        handshake(new TlsClient(authority, null), web, it -> {});
        handshake(new TlsClient(authority, stranger), web, it -> {});
        handshake(new TlsClient(new Authority("other"), null), web, it -> {});
        handshake(
            new TlsClient(authority, known),
            web,
            it -> it.setApplicationProtocols(new String[] {"x"}));
        handshake(
            new TlsClient(authority, known),
            web,
            it -> it.setCipherSuites(new String[] {"TLS_EMPTY_RENEGOTIATION_INFO_SCSV"}));
        assertThat(new TlsClient(authority, known).get(web.address(), "/metrics").text())
            .startsWith("HTTP/1.1 200 ");
      }
      assertThat(log.text()).isEmpty();
    }
  }

  /** A bug that clients can trigger must not fill the disk, but must be logged. */
  @Test
  void a_bug_of_ours_is_logged_once_however_often_it_is_set_off() throws Exception {
    AtomicInteger scrapes = new AtomicInteger();
    MetricsRenderer everySecondFails =
        (scrape, out) -> {
          if (scrapes.getAndIncrement() % 2 == 0) {
            throw new AssertionError("a bug");
          }
        };
    try (CapturedLog log = new CapturedLog(Level.INFO);
        WebFixture web =
            new WebFixture(
                everySecondFails, MutableSettings.users(Map.of()).protection(), 1, null)) {
      for (int i = 0; i < 10; i++) {
        assertThat(web.get("/metrics").statusCode()).isEqualTo(i % 2 == 0 ? 500 : 200);
      }
      assertThat(log.levels("web")).containsExactly("error", "info");
      assertThat(log.text()).contains("AssertionError at io.okxexporter.web.BadRequestsTest");
    }
  }

  @Test
  void a_bug_that_no_page_catches_is_logged_too() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    WebSettingsSource settings =
        () -> {
          if (broken.get()) {
            throw new IllegalStateException("a bug");
          }
          return WebSettings.NONE;
        };
    try (CapturedLog log = new CapturedLog(Level.INFO);
        WebFixture web =
            new WebFixture(
                new WebProtection(
                    settings, UnprotectedWeb.ANY_HOST, new TestFiles(), it -> {}, () -> 0))) {
      broken.set(true);
      for (int i = 0; i < 3; i++) {
        assertThat(web.get("/").statusCode()).isEqualTo(500);
      }
      assertThat(log.levels("web")).containsExactly("error");
    }
  }

  private static void handshake(
      TlsClient client, WebFixture web, Consumer<SSLParameters> parameters) {
    try (SSLSocket socket = client.connect(web.address(), parameters)) {
      send(socket, new byte[0], false);
    } catch (Exception e) {
      // Rejected, as expected.
    }
  }

  private static void http2(SSLParameters parameters) {
    parameters.setApplicationProtocols(new String[] {"h2"});
  }

  private static Tls tls(Authority authority, ClientAuth auth) throws Exception {
    Issued server = authority.issue("ip:127.0.0.1");
    @Nullable String clientCa =
        auth == ClientAuth.NO_CLIENT_CERT ? null : authority.root.certificatePem();
    return MutableSettings.showing(server, auth, clientCa);
  }

  /** Sends each request twice: once to its end, once cut off. */
  private static void sendAll(Client client, Map<String, byte[]> requests) throws Exception {
    send(client, requests, true);
    send(client, requests, false);
  }

  private static void send(Client client, Map<String, byte[]> requests, boolean waits)
      throws Exception {
    for (byte[] request : requests.values()) {
      try (Socket socket = client.connect()) {
        send(socket, request, waits);
      }
    }
  }

  private static void send(Socket socket, byte[] bytes, boolean waits) {
    try {
      if (!waits) {
        socket.setSoLinger(true, 0);
      }
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      if (waits) {
        socket.shutdownOutput();
        String response =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(response).doesNotStartWith("HTTP/1.1 500");
      }
    } catch (IOException e) {
      // The server may have closed the connection.
    }
  }
}
