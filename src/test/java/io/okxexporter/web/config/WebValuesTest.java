package io.okxexporter.web.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import io.okxexporter.web.config.WebSettings.ClientAuth;
import io.okxexporter.web.config.WebSettings.RateLimit;
import io.okxexporter.web.config.WebSettings.Tls;
import io.okxexporter.web.config.WebSettings.TlsVersion;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid values of each key of a web configuration, and differences between versions of Java. */
class WebValuesTest {
  private static final String PAIR =
      """
      tls_server_config:
        cert_file: server.crt
        key_file: server.key
      """;

  private static final String GCM = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"server.key", "rsa.key", "ec.key"})
  void a_key_is_pkcs8_pkcs1_or_sec1(String name) throws Exception {
    assertThat(tls("", name)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = ClientAuth.class,
      names = {"VERIFY_CLIENT_CERT_IF_GIVEN", "REQUIRE_AND_VERIFY_CLIENT_CERT"})
  void these_verify_clients_and_need_an_authority(ClientAuth auth) throws Exception {
    String ca = "  client_ca_file: ca.crt\n  client_allowed_sans: [a.example]\n";
    Tls tls = tls("  client_auth_type: " + auth.configName() + "\n" + ca);
    assertThat(tls.clientAuth()).isEqualTo(auth);
    assertThat(tls.clientCa()).isNotNull();
    assertThat(tls.clientAllowedSans()).containsExactly("a.example");
  }

  @ParameterizedTest
  @EnumSource(
      value = ClientAuth.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"VERIFY_CLIENT_CERT_IF_GIVEN", "REQUIRE_AND_VERIFY_CLIENT_CERT"})
  void the_others_need_none(ClientAuth auth) throws Exception {
    Tls tls = tls("  client_auth_type: " + auth.configName() + "\n");
    assertThat(tls.clientAuth()).isEqualTo(auth);
    assertThat(tls.clientCa()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"TLS12,TLS12", "TLS12,TLS13", "TLS13,TLS13"})
  void versions_are_taken(TlsVersion min, TlsVersion max) throws Exception {
    Tls tls = tls("  min_version: " + min + "\n  max_version: " + max + "\n");
    assertThat(tls.minVersion()).isEqualTo(min);
    assertThat(tls.maxVersion()).isEqualTo(max);
  }

  @Test
  void an_old_version_is_taken_where_java_has_it() throws Exception {
    SupportedTls old = new SupportedTls(Set.of("TLSv1", "TLSv1.2"), Set.of(), name -> false, null);
    Tls tls = Objects.requireNonNull(load(pair("  min_version: TLS10\n"), old).tls());
    assertThat(tls.minVersion()).isEqualTo(TlsVersion.TLS10);
  }

  @Test
  void cipher_suites_keep_their_order_and_each_counts_once() throws Exception {
    String chacha = "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305";
    String suites = String.join(", ", chacha, GCM, chacha + "_SHA256", GCM);
    assertThat(tls("  cipher_suites: [" + suites + "]\n").cipherSuites())
        .containsExactly(chacha + "_SHA256", GCM);
  }

  @Test
  void cipher_suites_of_tls_1_3_are_always_on_and_not_kept() throws Exception {
    assertThat(tls("  cipher_suites: [TLS_AES_256_GCM_SHA384, " + GCM + "]\n").cipherSuites())
        .containsExactly(GCM);
    assertThat(tls("  min_version: TLS13\n  cipher_suites: [TLS_AES_256_GCM_SHA384]\n"))
        .returns(0, tls -> tls.cipherSuites().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "", "~"})
  void no_cipher_suites_and_no_curves_are_the_default(String none) throws Exception {
    Tls tls = tls("  cipher_suites: " + none + "\n  curve_preferences: " + none + "\n");
    assertThat(tls.cipherSuites()).isEmpty();
    assertThat(tls.curves()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]\n",
        "  min_version: TLS13\n  cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA]\n",
        "  cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA]\nhttp_server_config:\n  http2: false\n",
      })
  void http2_is_content_with_either_suite_or_with_tls_1_3_or_with_being_off(String yaml)
      throws Exception {
    assertThat(tls(yaml).cipherSuites()).hasSize(1);
  }

  @Test
  void curves_are_taken_since_java_20_by_the_names_of_jsse() throws Exception {
    String yaml = pair("  curve_preferences: [CurveP256, CurveP384, CurveP521, X25519]\n");
    assertThat(Objects.requireNonNull(load(yaml, JavaVersions.JAVA_25).tls()).curves())
        .containsExactly("secp256r1", "secp384r1", "secp521r1", "x25519");
  }

  @Test
  void a_curve_that_a_later_java_lacks_is_refused() {
    String yaml = pair("  curve_preferences: [X25519MLKEM768]\n");
    assertThatThrownBy(() -> load(yaml, JavaVersions.JAVA_25))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "tls_server_config.curve_preferences[0]: \"X25519MLKEM768\":"
                + " expected another curve: this Java does not offer this one");
  }

  @Test
  void without_certificate_the_rest_of_tls_is_read_but_does_nothing() throws Exception {
    String yaml =
        """
        tls_server_config:
          min_version: TLS13
          cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA]
          prefer_server_cipher_suites: true
        """;
    assertThat(load(yaml)).isEqualTo(WebSettings.NONE);
  }

  @Test
  void http2_can_be_turned_off() throws Exception {
    assertThat(load("http_server_config: {http2: false}").http2()).isFalse();
    assertThat(load("http_server_config: {http2: true}").http2()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Frame-Options|deny",
        "X-Frame-Options|sameorigin",
        "X-Content-Type-Options|nosniff",
        "X-XSS-Protection|0",
        "X-XSS-Protection|1",
        "X-XSS-Protection|1; mode=block",
        "X-XSS-Protection|1; report=https://csp.example/xss",
        "Strict-Transport-Security|max-age=0",
        "Strict-Transport-Security|includeSubDomains; Max-Age=31536000; preload",
        "Strict-Transport-Security|max-age=31536000;",
        "Content-Security-Policy|default-src 'none'; frame-ancestors 'none'",
      })
  void good_headers_are_taken_as_they_are(String name, String value) throws Exception {
    assertThat(load(header(name, value)).headers()).isEqualTo(Map.of(name, value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Security-Policy",
        "X-Frame-Options",
        "X-Content-Type-Options",
        "X-XSS-Protection",
        "Strict-Transport-Security"
      })
  void a_blank_header_is_not_set(String name) throws Exception {
    assertThat(load(header(name, "\"\"")).headers()).isEmpty();
    assertThat(load(header(name, "")).headers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1s,PT1S",
    "100ms,PT0.1S",
    "1m30s,PT1M30S",
    "1.5h,PT1H30M",
    ".5s,PT0.5S",
    "1.s,PT1S",
    "1000000000ns,PT1S",
    "7us,PT0.000007S",
    "7µs,PT0.000007S",
    "1s1s,PT2S",
    "8760h,PT8760H"
  })
  void an_interval_is_written_as_in_go(String text, Duration interval) throws Exception {
    assertThat(load("rate_limit: {interval: " + text + ", burst: 3}").rateLimit())
        .isEqualTo(new RateLimit(interval, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{interval: 0, burst: 0}",
        "{interval: 0s, burst: 5}",
        "{interval: 0}",
        "{burst: 5}"
      })
  void without_an_interval_there_is_no_limit(String limit) throws Exception {
    assertThat(load("rate_limit: " + limit).rateLimit()).isNull();
  }

  @Test
  void the_first_reading_holds_key_and_certificate_against_each_other() throws Exception {
    Authority authority = new Authority("ca");
    Issued server = authority.issue();
    write("server.crt", server.certificatePem());
    write("server.key", server.keyPem());
    assertThat(loadAll(PAIR).tls()).isNotNull();
    write("server.key", authority.issue().keyPem());
    assertThatThrownBy(() -> loadAll(PAIR))
        .hasMessage(
            "tls_server_config.key_file: \"server.key\":"
                + " expected the private key of the certificate, not damaged");
    write("server.crt", Authority.pem("CERTIFICATE", new byte[] {1, 2}));
    assertThatThrownBy(() -> loadAll(PAIR))
        .hasMessage(
            "tls_server_config.cert_file: \"server.crt\":"
                + " expected a certificate that is not damaged");
    write("server.crt", server.certificatePem() + server.certificatePem().substring(0, 99));
    assertThatThrownBy(() -> loadAll(PAIR)).hasMessageContaining("not cut off");
  }

  @Test
  void a_certificate_may_have_a_comment_in_any_encoding() throws Exception {
    Issued server = new Authority("ca").issue();
    String commented = "friendlyName: Börse\n" + server.certificatePem();
    Files.write(folder.resolve("server.crt"), commented.getBytes(StandardCharsets.ISO_8859_1));
    write("server.key", server.keyPem());
    assertThat(loadAll(PAIR).tls()).isNotNull();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private WebSettings loadAll(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("web.yml"), yaml);
    return WebConfigLoader.load(file, new TestFiles());
  }

  @Test
  void a_reload_does_not_look_into_the_files() throws Exception {
    Path file = Files.writeString(folder.resolve("web.yml"), PAIR);
    assertThat(WebConfigLoader.reload(file, new TestFiles()).tls()).isNotNull();
    assertThatThrownBy(() -> WebConfigLoader.load(file, new TestFiles()))
        .isInstanceOf(ConfigException.class);
  }

  private static String header(String name, String value) {
    return "http_server_config: {headers: {\n" + name + ": " + quoted(value) + "}}";
  }

  private static String quoted(String value) {
    return value.matches("[a-z0-9]*|\"\"") ? value : "\"" + value + "\"";
  }

  private static String pair(String more) {
    return PAIR + more;
  }

  private Tls tls(String more) throws Exception {
    return tls(more, "server.key");
  }

  private Tls tls(String more, String key) throws Exception {
    return Objects.requireNonNull(load(PAIR.replace("server.key", key) + more).tls());
  }

  private WebSettings load(String yaml) throws Exception {
    return load(yaml, JavaVersions.JAVA_17);
  }

  private WebSettings load(String yaml, SupportedTls supported) throws Exception {
    Path file = Files.writeString(folder.resolve("web.yml"), yaml);
    TestFiles files = new TestFiles();
    return WebConfigLoader.load(file, files, PemReader.naming(pems()), supported);
  }

  private static Path pems() throws URISyntaxException, IOException {
    URL pems = Objects.requireNonNull(WebValuesTest.class.getResource("pem"));
    return Path.of(pems.toURI()).toRealPath();
  }
}
