package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import io.okxexporter.fixture.CapturedLog;
import io.okxexporter.model.Secret;
import io.okxexporter.web.config.WebSettings;
import io.okxexporter.web.config.WebSettings.ClientAuth;
import io.okxexporter.web.config.WebSettings.Pem;
import io.okxexporter.web.config.WebSettings.Tls;
import io.okxexporter.web.config.WebSettings.TlsVersion;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTest {
  private static final String AES_256 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
  private static final String AES_128 = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";

  @TempDir Path folder;
  private Authority authority;
  private Authority clients;
  private Issued server;

  /** Settings with defaults, for the tests to change. */
  private static final class Wanted {
    @Nullable Pem clientCa;
    ClientAuth auth = ClientAuth.NO_CLIENT_CERT;
    List<String> names = List.of();
    TlsVersion min = TlsVersion.TLS12;
    @Nullable TlsVersion max;
    List<String> suites = List.of();
    boolean ownOrder = true;
    List<String> curves = List.of();
  }

  @BeforeEach
  void issue() throws Exception {
    authority = new Authority("server-ca");
    clients = new Authority("client-ca");
    server = authority.issue("ip:127.0.0.1");
    write(server);
  }

  @Test
  void serves_over_tls_with_files() throws Exception {
    try (WebFixture web = fixture(new Wanted())) {
      TlsClient.Reply reply = new TlsClient(authority, null).get(web.address(), "/metrics");
      assertThat(reply.text()).startsWith("HTTP/1.1 200 ").endsWith(WebFixture.METRICS);
      assertThat(reply.session().getProtocol()).isEqualTo("TLSv1.3");
      assertThat(reply.server()).isEqualTo(server.certificate());
      assertThat(web.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n")).doesNotContain("HTTP/");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, true",
    "RSA, 2048, false",
    "EC, 384, true",
    "EC, 384, false",
    "Ed25519, 0, false"
  })
  void serves_with_every_kind_of_key_inline(String algorithm, int size, boolean traditional)
      throws Exception {
    Issued issued = authority.issue(Authority.keys(algorithm, size), "ip:127.0.0.1");
    Tls tls =
        tls(
            new Wanted(),
            inline(issued.certificatePem() + authority.root.certificatePem()),
            inline(traditional ? issued.traditionalKeyPem() : issued.keyPem()));
    for (TlsVersion version : List.of(TlsVersion.TLS12, TlsVersion.TLS13)) {
      try (WebFixture web = new WebFixture(MutableSettings.tls(tls).protection())) {
        TlsClient.Reply reply = get(web, version);
        assertThat(reply.text()).startsWith("HTTP/1.1 200 ");
        assertThat(reply.session().getProtocol()).isEqualTo(version.protocol());
        assertThat(reply.session().getPeerCertificates())
            .containsExactly(issued.certificate(), authority.root.certificate());
      }
    }
  }

  /** As curl does with {@code --http1.1}, and most clients in Python. */
  @Test
  void serves_who_offers_http_1_alone() throws Exception {
    try (WebFixture web = fixture(new Wanted())) {
      TlsClient.Reply reply =
          new TlsClient(authority, null)
              .get(
                  web.address(),
                  "/metrics",
                  it -> it.setApplicationProtocols(new String[] {"http/1.1"}));
      assertThat(reply.text()).startsWith("HTTP/1.1 200 ").endsWith(WebFixture.METRICS);
    }
  }

  @Test
  void min_and_max_version_hold() throws Exception {
    Wanted only13 = new Wanted();
    only13.min = TlsVersion.TLS13;
    try (WebFixture web = fixture(only13)) {
      assertThat(get(web, TlsVersion.TLS13).text()).startsWith("HTTP/1.1 200 ");
      assertThatThrownBy(() -> get(web, TlsVersion.TLS12)).isInstanceOf(SSLException.class);
    }
    Wanted only12 = new Wanted();
    only12.max = TlsVersion.TLS12;
    try (WebFixture web = fixture(only12)) {
      assertThat(get(web, TlsVersion.TLS12).text()).startsWith("HTTP/1.1 200 ");
      assertThatThrownBy(() -> get(web, TlsVersion.TLS13)).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void cipher_suites_hold_for_tls_1_2_and_leave_1_3_alone() throws Exception {
    Wanted wanted = new Wanted();
    wanted.suites = List.of(AES_128);
    try (WebFixture web = fixture(wanted)) {
      assertThat(get(web, TlsVersion.TLS12).session().getCipherSuite()).isEqualTo(AES_128);
      assertThat(get(web, TlsVersion.TLS13).session().getCipherSuite()).startsWith("TLS_AES_");
      assertThatThrownBy(() -> get(web, TlsVersion.TLS12, AES_256))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void whose_order_of_suites_counts() throws Exception {
    Wanted wanted = new Wanted();
    wanted.suites = List.of(AES_256, AES_128);
    try (WebFixture web = fixture(wanted)) {
      assertThat(get(web, TlsVersion.TLS12, AES_128, AES_256).session().getCipherSuite())
          .isEqualTo(AES_256);
    }
    wanted.ownOrder = false;
    try (WebFixture web = fixture(wanted)) {
      assertThat(get(web, TlsVersion.TLS12, AES_128, AES_256).session().getCipherSuite())
          .isEqualTo(AES_128);
    }
  }

  @Test
  void by_default_no_suite_lacks_forward_secrecy() throws Exception {
    Issued rsa = authority.issue(Authority.keys("RSA", 2048), "ip:127.0.0.1");
    Tls tls = tls(new Wanted(), inline(rsa.certificatePem()), inline(rsa.keyPem()));
    try (WebFixture web = new WebFixture(MutableSettings.tls(tls).protection())) {
      assertThat(get(web, TlsVersion.TLS12).session().getCipherSuite()).startsWith("TLS_ECDHE_");
      assertThatThrownBy(() -> get(web, TlsVersion.TLS12, "TLS_RSA_WITH_AES_128_GCM_SHA256"))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void curves_hold_where_java_can() throws Exception {
    assumeTrue(Runtime.version().feature() >= 20, "needs Java 20 or newer");
    Wanted wanted = new Wanted();
    wanted.curves = List.of("secp384r1");
    try (WebFixture web = fixture(wanted)) {
      assertThat(getWithCurve(web, "secp384r1").text()).startsWith("HTTP/1.1 200 ");
      assertThatThrownBy(() -> getWithCurve(web, "secp256r1")).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void http_2_is_offered_unless_it_is_off() throws Exception {
    MutableSettings settings = MutableSettings.tls(tls(new Wanted()));
    try (WebFixture web = new WebFixture(settings.protection())) {
      HttpResponse<String> response = http(web);
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(response.body()).isEqualTo(WebFixture.METRICS);
      assertThat(response.headers().firstValue("server")).isEmpty();
    }
    WebSettings on = settings.now;
    settings.now = new WebSettings(on.tls(), false, Map.of(), Map.of(), null);
    try (WebFixture web = new WebFixture(settings.protection())) {
      assertThat(http(web).version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }
    try (WebFixture web = new WebFixture()) {
      assertThat(web.get("/metrics").version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(web.exchange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).doesNotContain("HTTP/2");
    }
  }

  /** Whether a client is served without a certificate, with a self-signed one, with the CA's. */
  @ParameterizedTest
  @CsvSource({
    "NO_CLIENT_CERT,                 true,  true,  true",
    "REQUEST_CLIENT_CERT,            true,  true,  true",
    "REQUIRE_ANY_CLIENT_CERT,        false, true,  true",
    "REQUIRE_CLIENT_CERT,            false, true,  true",
    "VERIFY_CLIENT_CERT_IF_GIVEN,    true,  false, true",
    "REQUIRE_AND_VERIFY_CLIENT_CERT, false, false, true"
  })
  void client_certificates_as_in_Go(
      ClientAuth auth, boolean without, boolean selfSigned, boolean fromClientCa) throws Exception {
    Wanted wanted = new Wanted();
    wanted.auth = auth;
    wanted.clientCa = inline(clients.root.certificatePem());
    try (WebFixture web = fixture(wanted)) {
      for (TlsVersion version : List.of(TlsVersion.TLS12, TlsVersion.TLS13)) {
        assertThat(isServed(web, null, version)).isEqualTo(without);
        assertThat(isServed(web, Authority.selfSigned("dns:x"), version)).isEqualTo(selfSigned);
        assertThat(isServed(web, clients.issue("dns:x"), version)).isEqualTo(fromClientCa);
        assertThat(isServed(web, authority.issue("dns:x"), version)).isEqualTo(selfSigned);
      }
    }
  }

  @Test
  void without_a_client_ca_no_certificate_is_served_and_one_of_a_stranger_is_not()
      throws Exception {
    Wanted wanted = new Wanted();
    wanted.auth = ClientAuth.VERIFY_CLIENT_CERT_IF_GIVEN;
    try (WebFixture web = fixture(wanted)) {
      for (TlsVersion version : List.of(TlsVersion.TLS12, TlsVersion.TLS13)) {
        assertThat(isServed(web, null, version)).isTrue();
        assertThat(isServed(web, Authority.selfSigned("dns:x"), version)).isFalse();
        assertThat(isServed(web, clients.issue("dns:x"), version)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dns:prometheus.example,             true",
    "dns:other.example,                  false",
    "dns:PROMETHEUS.example,             false",
    "dns:x.prometheus.example,           false",
    "ip:192.0.2.1,                       true",
    "ip:192.0.2.2,                       false",
    "ip:2001:db8::1,                     true",
    "mail:prometheus@example.com,        true",
    "mail:other@example.com,             false",
    "uri:spiffe://example/prometheus,    true",
    "uri:spiffe://example/other,         false"
  })
  void of_verified_clients_only_the_names_allowed(String name, boolean allowed) throws Exception {
    Wanted wanted = allowedNames();
    try (WebFixture web = fixture(wanted)) {
      assertThat(isServed(web, clients.issue(name), TlsVersion.TLS13)).isEqualTo(allowed);
      assertThat(isServed(web, clients.issue("dns:first", name), TlsVersion.TLS12))
          .isEqualTo(allowed);
      assertThat(isServed(web, clients.issue(), TlsVersion.TLS13)).isFalse();
      assertThat(isServed(web, Authority.selfSigned(name), TlsVersion.TLS13)).isFalse();
      assertThat(isServed(web, Authority.selfSigned(name), TlsVersion.TLS12)).isFalse();
      assertThat(isServed(web, authority.issue(name), TlsVersion.TLS13)).isFalse();
    }
  }

  @Test
  void the_name_of_an_authority_in_the_certificate_alone_is_not_enough() throws Exception {
    try (WebFixture web = fixture(allowedNames())) {
      Issued impostor = new Authority("client-ca").issue("dns:prometheus.example");
      assertThat(isServed(web, impostor, TlsVersion.TLS13)).isFalse();
    }
  }

  private Wanted allowedNames() {
    Wanted wanted = new Wanted();
    wanted.auth = ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT;
    wanted.clientCa = inline(clients.root.certificatePem());
    wanted.names =
        List.of(
            "prometheus.example",
            "192.0.2.1",
            "2001:db8::1",
            "prometheus@example.com",
            "spiffe://example/prometheus");
    return wanted;
  }

  @Test
  void a_new_certificate_is_used_from_the_next_handshake_on() throws Exception {
    try (WebFixture web = fixture(new Wanted());
        SSLSocket open = new TlsClient(authority, null).connect(web.address(), it -> {})) {
      TlsClient client = new TlsClient(authority, null);
      assertThat(client.get(web.address(), "/").server()).isEqualTo(server.certificate());
      Issued next = authority.issue("ip:127.0.0.1");
      write(next);
      assertThat(client.get(web.address(), "/").server()).isEqualTo(next.certificate());
      open.getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(open.getInputStream().read()).isEqualTo('H');
    }
  }

  @Test
  void other_settings_of_tls_are_live_too() throws Exception {
    MutableSettings settings = MutableSettings.tls(tls(new Wanted()));
    try (WebFixture web = new WebFixture(settings.protection())) {
      assertThat(isServed(web, null, TlsVersion.TLS13)).isTrue();
      settings.set(tls(allowedNames()), Map.of(), Map.of(), null);
      assertThat(isServed(web, null, TlsVersion.TLS13)).isFalse();
      assertThat(isServed(web, clients.issue("ip:192.0.2.1"), TlsVersion.TLS13)).isTrue();
    }
  }

  @Test
  void broken_files_leave_the_last_good_pair_and_are_told_once() throws Exception {
    MutableSettings settings = MutableSettings.tls(tls(new Wanted()));
    try (WebFixture web = new WebFixture(settings.protection());
        CapturedLog log = new CapturedLog()) {
      TlsClient client = new TlsClient(authority, null);
      Files.writeString(folder.resolve("key.pem"), "not a key: hunter2");
      for (int i = 0; i < 3; i++) {
        TlsClient.Reply reply = client.get(web.address(), "/metrics");
        assertThat(reply.text()).startsWith("HTTP/1.1 200 ");
        assertThat(reply.server()).isEqualTo(server.certificate());
      }
      assertThat(settings.certificates).containsExactly(true, false);
      Files.delete(folder.resolve("cert.pem"));
      assertThat(client.get(web.address(), "/").server()).isEqualTo(server.certificate());

      Issued next = authority.issue("ip:127.0.0.1");
      write(next);
      assertThat(client.get(web.address(), "/").server()).isEqualTo(next.certificate());
      assertThat(settings.certificates).containsExactly(true, false, true);
      assertThat(log.text())
          .containsOnlyOnce("expected PEM with a private key, such as -----BEGIN PRIVATE KEY-----")
          .containsOnlyOnce("expected a readable file, but it does not exist")
          .containsOnlyOnce("certificates are valid again")
          .contains(folder.resolve("key.pem").toString())
          .doesNotContain("hunter2");
    }
  }

  @Test
  void files_that_hang_leave_the_last_good_pair() throws Exception {
    MutableSettings settings = MutableSettings.tls(tls(new Wanted()));
    try (WebFixture web = new WebFixture(settings.protection());
        CapturedLog log = new CapturedLog()) {
      settings.files.hanging.add(folder.resolve("cert.pem"));
      TlsClient client = new TlsClient(authority, null);
      for (int i = 0; i < 3; i++) {
        assertThat(client.get(web.address(), "/").server()).isEqualTo(server.certificate());
      }
      assertThat(log.text())
          .containsOnlyOnce("cert.pem: expected a readable file, but reading it timed out");
      assertThat(settings.certificates).containsExactly(true, false);
    }
  }

  @Test
  void a_kept_connection_notices_broken_files_too() throws Exception {
    MutableSettings settings = MutableSettings.tls(tls(new Wanted()));
    try (WebFixture web = new WebFixture(settings.protection());
        SSLSocket socket = new TlsClient(authority, null).connect(web.address(), it -> {})) {
      Files.delete(folder.resolve("key.pem"));
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      assertThat(settings.certificates).containsExactly(true, false);
    }
  }

  @Test
  void a_broken_configuration_is_answered_500_over_tls() throws Exception {
    MutableSettings settings = MutableSettings.tls(tls(new Wanted()));
    try (WebFixture web = new WebFixture(settings.protection())) {
      settings.broken = "web.yml: nonsense";
      TlsClient client = new TlsClient(authority, null);
      assertThat(client.get(web.address(), "/").text()).startsWith("HTTP/1.1 500 ");
      settings.broken = null;
      assertThat(client.get(web.address(), "/").text()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void tls_is_not_turned_on_or_off_while_it_runs() throws Exception {
    MutableSettings settings = MutableSettings.tls(tls(new Wanted()));
    WebSettings on = settings.now;
    try (WebFixture web = new WebFixture(settings.protection())) {
      settings.now = WebSettings.NONE;
      assertThat(new TlsClient(authority, null).get(web.address(), "/").text())
          .startsWith("HTTP/1.1 500 ");
    }
    try (WebFixture web = new WebFixture(settings.protection())) {
      settings.now = on;
      assertThat(web.get("/").statusCode()).isEqualTo(500);
      settings.now = WebSettings.NONE;
      assertThat(web.get("/").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void what_is_broken_at_the_start_is_named_and_not_shown() throws Exception {
    Files.writeString(folder.resolve("key.pem"), "hunter2");
    assertThatThrownBy(() -> fixture(new Wanted()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "tls_server_config.key_file "
                + folder.resolve("key.pem")
                + ": expected PEM with a private key, such as -----BEGIN PRIVATE KEY-----");
    Files.delete(folder.resolve("cert.pem"));
    assertThatThrownBy(() -> fixture(new Wanted()))
        .hasMessage(
            "tls_server_config.cert_file "
                + folder.resolve("cert.pem")
                + ": expected a readable file, but it does not exist");
    write(server);
    Wanted wanted = new Wanted();
    wanted.auth = ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT;
    wanted.clientCa = inline("hunter2");
    assertThatThrownBy(() -> fixture(wanted))
        .hasMessage(
            "tls_server_config.client_ca: expected PEM with a certificate: -----BEGIN"
                + " CERTIFICATE-----");
  }

  @Test
  void half_open_handshakes_hold_up_nobody() throws Exception {
    try (WebFixture web = fixture(new Wanted())) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        sockets.add(web.raw(i % 2 == 0 ? "" : "\u0016\u0003\u0001\u0002\u0000"));
      }
      assertThat(new TlsClient(authority, null).get(web.address(), "/metrics").text())
          .startsWith("HTTP/1.1 200 ");
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private void write(Issued issued) throws IOException {
    Files.writeString(folder.resolve("cert.pem"), issued.certificatePem());
    Files.writeString(folder.resolve("key.pem"), issued.keyPem());
  }

  private WebFixture fixture(Wanted wanted) throws IOException {
    return new WebFixture(MutableSettings.tls(tls(wanted)).protection());
  }

  private Tls tls(Wanted wanted) {
    return tls(
        wanted, new Pem.File(folder.resolve("cert.pem")), new Pem.File(folder.resolve("key.pem")));
  }

  private static Tls tls(Wanted wanted, Pem cert, Pem key) {
    return new Tls(
        cert,
        key,
        wanted.clientCa,
        wanted.auth,
        wanted.names,
        wanted.min,
        wanted.max,
        wanted.suites,
        wanted.ownOrder,
        wanted.curves);
  }

  private static Pem inline(String text) {
    return new Pem.Inline(new Secret(text));
  }

  private TlsClient.Reply get(WebFixture web, TlsVersion version, String... suites)
      throws Exception {
    return new TlsClient(authority, null)
        .get(web.address(), "/metrics", it -> narrow(it, version, suites));
  }

  private static void narrow(SSLParameters parameters, TlsVersion version, String... suites) {
    parameters.setProtocols(new String[] {version.protocol()});
    if (suites.length > 0) {
      parameters.setCipherSuites(suites);
    }
  }

  private TlsClient.Reply getWithCurve(WebFixture web, String curve) throws Exception {
    return new TlsClient(authority, null)
        .get(web.address(), "/metrics", it -> TlsClient.setCurve(it, curve));
  }

  /** Returns whether the request is served; if not, an alert must state why. */
  private boolean isServed(WebFixture web, @Nullable Issued client, TlsVersion version)
      throws Exception {
    try {
      return new TlsClient(authority, client)
          .get(web.address(), "/metrics", it -> narrow(it, version))
          .text()
          .startsWith("HTTP/1.1 200 ");
    } catch (SSLException e) {
      assertThat(e).hasMessageContaining("fatal alert");
      return false;
    }
  }

  private HttpResponse<String> http(WebFixture web) throws Exception {
    HttpClient client =
        HttpClient.newBuilder().sslContext(new TlsClient(authority, null).context()).build();
    URI uri = URI.create("https://127.0.0.1:" + web.address().getPort() + "/metrics");
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
