package io.okxexporter.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import io.okxexporter.fixture.Awaiting;
import io.okxexporter.web.config.WebSettings.ClientAuth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that were accepted once, over a connection that they keep or a session they resume. */
class KeptClientsTest {
  private static final String REFUSAL = "okx-exporter: client certificate not accepted\n";

  private Authority authority;
  private Authority clients;
  private MutableSettings settings;

  @BeforeEach
  void issue() throws Exception {
    authority = new Authority("server-ca");
    clients = new Authority("client-ca");
    settings = new MutableSettings();
    require(clients);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_removed_ca_ends_kept_connections(String version) throws Exception {
    try (WebFixture web = new WebFixture(settings.protection());
        SSLSocket kept = connect(web, client(clients.issue("dns:x")), version)) {
      assertThat(get(kept)).startsWith("HTTP/1.1 200 ");
      require(clients, new Authority("another"));
      assertThat(get(kept)).startsWith("HTTP/1.1 200 ");
      require(new Authority("another"));
      assertRefused(kept);
    }
  }

  @Test
  void a_removed_ca_ends_connections_of_http_2() throws Exception {
    try (WebFixture web = new WebFixture(settings.protection())) {
      HttpClient client =
          HttpClient.newBuilder().sslContext(client(clients.issue("dns:x"))).build();
      HttpRequest request = HttpRequest.newBuilder(url(web)).build();
      assertThat(client.send(request, BodyHandlers.ofString()))
          .matches(it -> it.version() == HttpClient.Version.HTTP_2 && it.statusCode() == 200);
      require(new Authority("another"));
      assertThat(client.send(request, BodyHandlers.ofString()))
          .matches(it -> it.statusCode() == 403 && it.body().equals(REFUSAL));
      Awaiting.until(() -> isRefusedOrEnded(client, request));
    }
  }

  /** Whether the connection has ended; a request may still be on its way in it until then. */
  private static boolean isRefusedOrEnded(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo(REFUSAL);
      return false;
    } catch (IOException ended) {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void an_expired_certificate_ends_kept_connections_and_resumed_sessions(String version)
      throws Exception {
    try (WebFixture web = new WebFixture(settings.protection())) {
      // Short-lived, but on a slow machine long enough for the first request.
      for (Duration life = Duration.ofSeconds(2); ; life = life.multipliedBy(2)) {
        Issued issued = clients.issue(Duration.ofDays(-2).plus(life), "dns:x");
        SSLContext client = client(issued);
        if (isServedUntilExpired(web, client, issued, version)) {
          return;
        }
      }
    }
  }

  /** Returns false if the certificate expired too early for the test. */
  private boolean isServedUntilExpired(
      WebFixture web, SSLContext client, Issued issued, String version) throws Exception {
    Instant expiry = issued.certificate().getNotAfter().toInstant();
    try (SSLSocket kept = connect(web, client, version)) {
      boolean served = get(kept).startsWith("HTTP/1.1 200 ");
      if (!Instant.now().isBefore(expiry)) {
        return false;
      }
      assertThat(served).isTrue();
      Awaiting.until(() -> Instant.now().isAfter(expiry.plusSeconds(1)));
      assertRefused(kept);
      try (SSLSocket resumed = connect(web, client, version)) {
        assertThat(resumed.getSession().getCreationTime()).isLessThan(expiry.toEpochMilli());
        assertRefused(resumed);
      }
      assertThatThrownBy(() -> get(connect(web, client(issued), version)))
          .isInstanceOf(IOException.class);
      return true;
    } catch (SSLException e) {
      if (Instant.now().isBefore(expiry)) {
        throw e;
      }
      return false;
    }
  }

  @Test
  void who_needed_no_certificate_needs_one_from_the_next_request_on() throws Exception {
    require();
    try (WebFixture web = new WebFixture(settings.protection());
        SSLSocket with = connect(web, client(clients.issue("dns:x")), "TLSv1.3");
        SSLSocket without = connect(web, client(null), "TLSv1.3")) {
      assertThat(get(with)).startsWith("HTTP/1.1 200 ");
      assertThat(get(without)).startsWith("HTTP/1.1 200 ");
      require(clients);
      assertRefused(without);
      assertRefused(with); // it was not asked for its certificate
    }
  }

  /** Only clients with a certificate of these authorities are served; with none, every client. */
  private void require(Authority... authorities) throws Exception {
    StringBuilder cas = new StringBuilder();
    for (Authority each : authorities) {
      cas.append(each.root.certificatePem());
    }
    ClientAuth auth =
        authorities.length == 0
            ? ClientAuth.NO_CLIENT_CERT
            : ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT;
    Issued server = authority.issue("ip:127.0.0.1");
    settings.set(
        MutableSettings.showing(server, auth, cas.isEmpty() ? null : cas.toString()),
        Map.of(),
        Map.of(),
        null);
  }

  private SSLContext client(@Nullable Issued own) throws Exception {
    return new TlsClient(authority, own).context();
  }

  private static URI url(WebFixture web) {
    return URI.create("https://127.0.0.1:" + web.address().getPort() + "/metrics");
  }

  private static SSLSocket connect(WebFixture web, SSLContext client, String version)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", web.address().getPort());
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    socket.setEnabledProtocols(new String[] {version});
    socket.startHandshake();
    return socket;
  }

  private static String get(SSLSocket socket) throws IOException {
    return exchange(socket, it -> it.endsWith(WebFixture.METRICS) || it.endsWith(REFUSAL));
  }

  private static void assertRefused(SSLSocket socket) throws IOException {
    assertThat(exchange(socket, it -> false))
        .startsWith("HTTP/1.1 403 ")
        .contains("\r\nConnection: close\r\n")
        .endsWith(REFUSAL);
  }

  /** Returns the response to a GET, up to where it is complete or the connection ends. */
  private static String exchange(SSLSocket socket, Predicate<String> isComplete)
      throws IOException {
    socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
    StringBuilder response = new StringBuilder();
    byte[] bytes = new byte[8192];
    int read = 0;
    while (read >= 0 && !isComplete.test(response.toString())) {
      response.append(new String(bytes, 0, read, ISO_8859_1));
      read = isComplete.test(response.toString()) ? -1 : socket.getInputStream().read(bytes);
    }
    return response.toString();
  }
}
