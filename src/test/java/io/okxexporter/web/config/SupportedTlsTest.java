package io.okxexporter.web.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.web.config.WebSettings.TlsVersion;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The TLS features of the Java that runs the tests. */
class SupportedTlsTest {
  private final SupportedTls supported = SupportedTls.running();

  @Test
  void it_has_tls_1_2_and_1_3() throws Exception {
    assertThat(supported.parseVersion("TLS12")).isEqualTo(TlsVersion.TLS12);
    assertThat(supported.parseVersion("TLS13")).isEqualTo(TlsVersion.TLS13);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLS10", "TLS11"})
  void older_versions_are_disabled(String version) {
    assertThatThrownBy(() -> supported.parseVersion(version))
        .hasMessage("expected TLS12 or TLS13: this Java has " + version + " disabled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
      })
  void it_has_every_secure_cipher_suite_of_go(String name) throws Exception {
    assertThat(supported.parseCipherSuite(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305"})
  void it_knows_older_names_of_go(String name) throws Exception {
    assertThat(supported.parseCipherSuite(name)).isEqualTo(name + "_SHA256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_RSA_WITH_RC4_128_SHA",
        "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
        "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"
      })
  void it_does_not_offer_weak_cipher_suites_or_what_is_none(String name) {
    assertThatThrownBy(() -> supported.parseCipherSuite(name))
        .hasMessage("expected another cipher suite: this Java does not offer this one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "AES", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 "})
  void it_knows_no_other(String name) {
    assertThatThrownBy(() -> supported.parseCipherSuite(name)).hasMessageStartingWith("unknown");
  }

  @Test
  void what_is_older_than_tls_is_known_by_both_names() throws Exception {
    String old = "SSL_RSA_WITH_3DES_EDE_CBC_SHA";
    SupportedTls lenient = new SupportedTls(Set.of(), Set.of(old), name -> true, null);
    assertThat(lenient.parseCipherSuite(old)).isEqualTo(old);
    assertThat(lenient.parseCipherSuite("TLS_RSA_WITH_3DES_EDE_CBC_SHA")).isEqualTo(old);
  }

  @Test
  void curves_can_be_chosen_since_java_20() {
    assertThat(supported.curves() != null).isEqualTo(Runtime.version().feature() >= 20);
  }
}
