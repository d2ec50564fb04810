package io.okxexporter.web.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import java.io.IOException;
import java.security.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemParserTest {
  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, RSA PRIVATE KEY",
    "RSA, 4096, RSA PRIVATE KEY",
    "EC, 256, EC PRIVATE KEY",
    "EC, 384, EC PRIVATE KEY",
    "EC, 521, EC PRIVATE KEY"
  })
  void keys_of_every_kind_and_form(String algorithm, int size, String label) throws Exception {
    Issued issued = new Authority("ca").issue(Authority.keys(algorithm, size));
    PublicKey owner = issued.certificate().getPublicKey();
    assertThat(issued.traditionalKeyPem()).startsWith("-----BEGIN " + label + "-----");
    assertThat(new PemParser(issued.keyPem()).privateKey(owner)).isEqualTo(issued.key());
    assertThat(new PemParser(issued.traditionalKeyPem()).privateKey(owner)).isEqualTo(issued.key());
    assertThat(new PemParser(issued.traditionalKeyPem().replace("\n", "\r\n")).privateKey(owner))
        .isEqualTo(issued.key());
  }

  @Test
  void ed25519() throws Exception {
    Issued issued = new Authority("ca").issue(Authority.keys("Ed25519", 0));
    assertThat(new PemParser(issued.keyPem()).privateKey(issued.certificate().getPublicKey()))
        .isEqualTo(issued.key());
  }

  @Test
  void what_stands_around_the_key_does_not_matter() throws Exception {
    Issued issued = new Authority("ca").issue();
    String text =
        "a comment\n-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
            + issued.traditionalKeyPem()
            + issued.certificatePem();
    assertThat(new PemParser(text).privateKey(issued.certificate().getPublicKey()))
        .isEqualTo(issued.key());
    assertThat(new PemParser(text).certificates()).containsExactly(issued.certificate());
  }

  @Test
  void a_chain_keeps_its_order() throws Exception {
    Authority authority = new Authority("ca");
    Issued issued = authority.issue();
    assertThat(
            new PemParser(issued.certificatePem() + "\n" + authority.root.certificatePem())
                .certificates())
        .containsExactly(issued.certificate(), authority.root.certificate());
  }

  @Test
  void what_does_not_belong_to_the_chain_is_left_out_and_the_rest_put_in_order() throws Exception {
    Authority authority = new Authority("ca");
    Issued issued = authority.issue();
    String own = issued.certificatePem();
    String root = authority.root.certificatePem();
    String other = new Authority("other").root.certificatePem();
    assertThat(new PemParser(own + other + root + own + root).chain())
        .containsExactly(issued.certificate(), authority.root.certificate());
    assertThat(new PemParser(own).chain()).containsExactly(issued.certificate());
  }

  @Test
  void the_key_must_be_that_of_the_certificate() throws Exception {
    Authority authority = new Authority("ca");
    PublicKey owner = authority.issue().certificate().getPublicKey();
    for (String wrong :
        new String[] {
          authority.issue().keyPem(),
          authority.issue().traditionalKeyPem(),
          authority.issue(Authority.keys("EC", 384)).traditionalKeyPem(),
          authority.issue(Authority.keys("RSA", 2048)).keyPem(),
          authority.issue(Authority.keys("RSA", 2048)).traditionalKeyPem(),
          Authority.pem("PRIVATE KEY", new byte[] {1, 2, 3})
        }) {
      assertThatThrownBy(() -> new PemParser(wrong).privateKey(owner))
          .isInstanceOf(IOException.class)
          .hasNoCause()
          .hasMessage("expected the private key of the certificate, not damaged");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ENCRYPTED PRIVATE KEY | AAAA                                         | expected a private key that is not encrypted
          RSA PRIVATE KEY       | Proc-Type: 4,ENCRYPTED                       | expected a private key that is not encrypted
          OPENSSH PRIVATE KEY   | AAAA                                         | expected a private key in PKCS#8, PKCS#1 or SEC1
          PRIVATE KEY           | A                                            | expected the PEM of a private key that is not damaged
          PUBLIC KEY            | AAAA                                         | expected PEM with a private key, such as -----BEGIN PRIVATE KEY-----
          """)
  void what_cannot_be_a_key_is_told(String label, String text, String message) throws Exception {
    PublicKey owner = new Authority("ca").issue().certificate().getPublicKey();
    String pem = "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    assertThatThrownBy(() -> new PemParser(pem).privateKey(owner)).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA"})
  void what_holds_no_certificate_is_told(String text) {
    assertThatThrownBy(() -> new PemParser(text).certificates())
        .isInstanceOf(IOException.class)
        .message()
        .startsWith("expected PEM ");
  }

  @Test
  void a_damaged_certificate_is_told() {
    assertThatThrownBy(
            () -> new PemParser(Authority.pem("CERTIFICATE", new byte[] {1, 2})).certificates())
        .isInstanceOf(IOException.class)
        .hasMessage("expected a certificate that is not damaged");
  }
}
