package io.okxexporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Http;
import io.okxexporter.web.TlsClient;
import io.okxexporter.web.TlsClient.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running jar while its web configuration and certificates are edited. */
class WebConfigIT {
  private static final String RELOADED = "okx_exporter_config_last_reload_successful ";

  private static final String HASH = BCrypt.withDefaults().hashToString(4, "secret".toCharArray());

  @TempDir private Path folder;
  private Authority authority;
  private TlsClient client;
  private InetSocketAddress address;

  @BeforeEach
  void issue() throws Exception {
    address = new InetSocketAddress(0);
    authority = new Authority("ca");
    client = new TlsClient(authority, null);
  }

  @Test
  void certificates_users_and_headers_change_on_the_running_exporter() throws Exception {
    Issued first = use(authority.issue("ip:127.0.0.1"));
    configure("alice", "deny", "");
    try (Child exporter =
        Child.jar(
            Map.of(),
            "--simulate",
            "--web.config.file=" + folder.resolve("web.yml"),
            "--web.listen-address=127.0.0.1:0")) {
      address = address(exporter.awaitLine("msg=\"serving"));
      Reply good = get("alice");
      assertThat(good.server()).isEqualTo(first.certificate());
      assertThat(good.text()).startsWith("HTTP/1.1 200 ").contains("X-Frame-Options: deny\r\n");
      assertThat(good.text()).contains(RELOADED + "1.0\n");
      assertThat(get("bob").text()).startsWith("HTTP/1.1 401 ");
      assertThat(get("/config", "alice").text())
          .contains("\npoll_interval: 15s\n", "\n--simulate: true\n", "api_key=***")
          .contains("\nhttp_server_config.headers.X-Frame-Options: deny\n")
          .contains("\nbasic_auth_users.alice: ***\n")
          .contains("\ntls_server_config.key_file: " + folder.resolve("server.key") + "\n")
          .doesNotContain(HASH);

      Files.writeString(folder.resolve("server.key"), "hunter2");
      Reply broken = get("alice");
      assertThat(broken.server()).isEqualTo(first.certificate());
      assertThat(broken.text()).startsWith("HTTP/1.1 200 ").contains(RELOADED + "0.0\n");
      exporter.awaitLine(
          "level=error.*invalid certificates; keeping the last valid ones.* problems=.*server.key");

      Issued second = use(authority.issue("ip:127.0.0.1"));
      Reply renewed = get("alice");
      assertThat(renewed.server()).isEqualTo(second.certificate());
      assertThat(renewed.text()).contains(RELOADED + "1.0\n");
      exporter.awaitLine("certificates are valid again");

      configure("bob", "sameorigin", "");
      assertThat(get("alice").text()).startsWith("HTTP/1.1 401 ");
      assertThat(get("bob").text())
          .startsWith("HTTP/1.1 200 ")
          .contains("X-Frame-Options: sameorigin\r\n");

      configure("bob", "sameorigin", "nonsense: true\n");
      assertThat(get("bob").text())
          .startsWith("HTTP/1.1 500 ")
          .endsWith("\r\n\r\nokx-exporter: invalid web configuration\n");
      exporter.awaitLine("level=error.*answering 500 until it is fixed.* problems=.*nonsense");
      configure("bob", "sameorigin", "http_server_config: {http2: false}\n");
      assertThat(get("bob").text()).startsWith("HTTP/1.1 200 ");
      exporter.awaitLine("web configuration is valid again");
      exporter.awaitLine("changing http_server_config.http2 requires a restart. current=true");

      assertThat(exporter.terminate()).isEqualTo(143);
      assertThat(exporter.err()).doesNotContain("hunter2", HASH.substring(7), "secret\"");
    }
  }

  @Test
  void without_a_client_ca_the_cas_of_java_are_those_of_clients() throws Exception {
    use(authority.issue("ip:127.0.0.1"));
    Files.writeString(
        folder.resolve("web.yml"),
        """
        tls_server_config:
          cert_file: server.crt
          key_file: server.key
          client_auth_type: VerifyClientCertIfGiven
        """);
    Authority trusted = new Authority("trusted");
    Path store = trusted.trustStore(folder);
    try (Child exporter =
        Child.jar(
            Map.of("JDK_JAVA_OPTIONS", "-Djavax.net.ssl.trustStore=" + store),
            "--simulate",
            "--web.config.file=" + folder.resolve("web.yml"),
            "--web.listen-address=127.0.0.1:0")) {
      exporter.awaitLine("level=warn.*client_ca: unset, so VerifyClientCertIfGiven accepts");
      address = address(exporter.awaitLine("msg=\"serving"));
      assertThat(client.get(address, "/metrics").text()).startsWith("HTTP/1.1 200 ");
      assertThat(new TlsClient(authority, trusted.issue("dns:x")).get(address, "/metrics").text())
          .startsWith("HTTP/1.1 200 ");
      TlsClient stranger = new TlsClient(authority, authority.issue("dns:x"));
      assertThatThrownBy(() -> stranger.get(address, "/metrics")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void what_is_broken_at_the_start_refuses_to_start() throws Exception {
    use(authority.issue("ip:127.0.0.1"));
    configure("alice", "deny", "rate_limit: {interval: soon}\n");
    refusesToStart(2, "rate_limit.interval");
    configure("alice", "deny", "");
    Files.writeString(folder.resolve("server.key"), authority.issue().keyPem());
    refusesToStart(2, "server.key");
  }

  private void refusesToStart(int exitCode, String named) throws Exception {
    try (Child exporter =
        Child.jar(
            Map.of(),
            "--simulate",
            "--web.config.file=" + folder.resolve("web.yml"),
            "--web.listen-address=127.0.0.1:0")) {
      assertThat(exporter.awaitExit()).isEqualTo(exitCode);
      assertThat(exporter.err()).contains(named);
    }
  }

  private void configure(String user, String frames, String more) throws IOException {
    String headers = "http_server_config: {headers: {X-Frame-Options: %s}}\n".formatted(frames);
    String text =
        """
        tls_server_config: {cert_file: server.crt, key_file: server.key}
        basic_auth_users: {%s: %s}
        """
            .formatted(user, HASH);
    boolean whole = more.startsWith("http_server_config");
    Files.writeString(folder.resolve("web.yml"), text + (whole ? more : headers + more));
  }

  private Issued use(Issued issued) throws IOException {
    Files.writeString(folder.resolve("server.crt"), issued.certificatePem());
    Files.writeString(folder.resolve("server.key"), issued.keyPem());
    return issued;
  }

  private Reply get(String user) throws Exception {
    return get("/metrics", user);
  }

  private Reply get(String path, String user) throws Exception {
    byte[] both = (user + ":secret").getBytes(StandardCharsets.UTF_8);
    return client.get(
        address, path, "Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
  }

  private static InetSocketAddress address(String line) {
    URI url = Http.url(line);
    return new InetSocketAddress(url.getHost(), url.getPort());
  }
}
