package io.okxexporter.web.config;

import java.util.Set;

/** The TLS features of some versions of Java, so that the tests behave the same on all of them. */
final class JavaVersions {
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

  private static final Set<String> CIPHER_SUITES =
      Set.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");

  static final SupportedTls JAVA_17 =
      new SupportedTls(PROTOCOLS, CIPHER_SUITES, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"::equals, null);

  static final SupportedTls JAVA_25 =
      new SupportedTls(
          PROTOCOLS,
          CIPHER_SUITES,
          name -> false,
          Set.of("x25519", "secp256r1", "secp384r1", "secp521r1", "x448"));

  private JavaVersions() {}
}
