package io.okxexporter.web.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.file.TestFiles;
import io.okxexporter.model.Secret;
import io.okxexporter.web.config.WebSettings.ClientAuth;
import io.okxexporter.web.config.WebSettings.Pem;
import io.okxexporter.web.config.WebSettings.RateLimit;
import io.okxexporter.web.config.WebSettings.Tls;
import io.okxexporter.web.config.WebSettings.TlsVersion;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoodWebFilesTest {
  private static final String HASH = "$s3cr3tDwo.lAisC94iLAyP81MCesa29IzH37oigHC/42V2pdJlUpr";

  @ParameterizedTest
  @ValueSource(strings = {"empty", "comments", "null", "no-settings", "blank-sections"})
  void a_file_that_says_nothing_asks_for_nothing(String name) throws Exception {
    assertThat(load(name)).isEqualTo(WebSettings.NONE);
  }

  @Test
  void passwords_need_no_tls() throws Exception {
    assertThat(load("users-without-tls"))
        .isEqualTo(
            new WebSettings(
                null,
                true,
                Map.of(),
                Map.of(
                    "alice",
                    new Secret("$2y$10" + HASH),
                    "bob@example",
                    new Secret("$2a$04" + HASH),
                    "carol 2",
                    new Secret("$2b$31" + HASH)),
                null));
  }

  @Test
  void a_certificate_and_a_key_are_enough_for_tls() throws Exception {
    Tls tls =
        new Tls(
            pem("server.crt"),
            pem("server.key"),
            null,
            ClientAuth.NO_CLIENT_CERT,
            List.of(),
            TlsVersion.TLS12,
            null,
            List.of(),
            true,
            List.of());
    assertThat(load("tls")).isEqualTo(new WebSettings(tls, true, Map.of(), Map.of(), null));
  }

  @Test
  void certificate_and_key_may_be_in_the_file_itself() throws Exception {
    Tls tls = Objects.requireNonNull(load("tls-inline").tls());
    assertThat(tls.cert()).isEqualTo(inline("server.crt"));
    assertThat(tls.key()).isEqualTo(inline("server.key"));
  }

  @Test
  void every_setting_is_taken() throws Exception {
    assertThat(load("everything"))
        .isEqualTo(
            new WebSettings(
                new Tls(
                    pem("server.crt"),
                    pem("server.key"),
                    pem("ca.crt"),
                    ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT,
                    List.of(
                        "prometheus.example",
                        "192.0.2.1",
                        "ops@example.com",
                        "spiffe://example/prometheus"),
                    TlsVersion.TLS12,
                    TlsVersion.TLS13,
                    List.of(
                        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                    false,
                    List.of()),
                true,
                Map.of(
                    "Content-Security-Policy", "default-src 'self' *.test.example.net",
                    "X-Frame-Options", "deny",
                    "X-Content-Type-Options", "nosniff",
                    "X-XSS-Protection", "1",
                    "Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
                Map.of("alice", new Secret("$2y$10" + HASH)),
                new RateLimit(Duration.ofSeconds(1), 20)));
  }

  @Test
  void certificates_checked_without_a_client_ca_are_warned_of() throws Exception {
    WebSettings settings = load("verify-if-given-without-client-ca");
    assertThat(Objects.requireNonNull(settings.tls()).clientAuth())
        .isEqualTo(ClientAuth.VERIFY_CLIENT_CERT_IF_GIVEN);
    assertThat(settings.warnings())
        .containsExactly(
            "tls_server_config.client_ca: unset, so VerifyClientCertIfGiven accepts certificates of"
                + " every CA that Java trusts, and clients without one");
    assertThat(load("everything").warnings()).isEmpty();
    assertThat(load("tls").warnings()).isEmpty();
    assertThat(WebSettings.NONE.warnings()).isEmpty();
  }

  @Test
  void nothing_that_is_private_shows_in_the_settings() throws Exception {
    assertThat(load("everything").toString() + load("tls-inline")).doesNotContain("s3cr3t");
  }

  /** Given by name only, and with a path. */
  @Test
  void paths_are_relative_to_the_file() throws Exception {
    Path file = folder().resolve("good/tls.yml");
    Path relative = Path.of("").toAbsolutePath().relativize(file);
    TestFiles files = new TestFiles();
    WebSettings settings = WebConfigLoader.reload(relative, files);
    assertThat(settings).isEqualTo(WebConfigLoader.reload(file, files));
    assertThat(settings.tls()).isNotNull();
  }

  private static WebSettings load(String name) throws Exception {
    Path file = folder().resolve("good").resolve(name + ".yml");
    TestFiles files = new TestFiles();
    PemReader pems = PemReader.naming(WebConfigLoader.folder(file));
    return WebConfigLoader.load(file, files, pems, JavaVersions.JAVA_17);
  }

  private static Pem pem(String name) throws URISyntaxException {
    return new Pem.File(folder().resolve("good").resolve("../pem").resolve(name));
  }

  private static Pem inline(String name) throws Exception {
    return new Pem.Inline(new Secret(Files.readString(folder().resolve("pem").resolve(name))));
  }

  private static Path folder() throws URISyntaxException {
    URL folder = Objects.requireNonNull(GoodWebFilesTest.class.getResource("."));
    return Path.of(folder.toURI());
  }
}
