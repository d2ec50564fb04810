package io.okxexporter.web.config;

import io.okxexporter.config.yaml.Section;
import io.okxexporter.web.config.WebSettings.TlsVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code cipher_suites}, which apply to TLS 1.2 and below, as in Go. Those of TLS 1.3 are
 * always on; listing them has no effect.
 */
final class CipherSuiteReader {
  private static final String KEY = "cipher_suites";

  /** HTTP/2 over TLS 1.2 requires the first; Go accepts the second in its place. */
  private static final List<String> OF_HTTP2 =
      List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");

  private static final Set<String> OF_TLS13 =
      Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private final Section section;
  private final SupportedTls supported;

  CipherSuiteReader(Section section, SupportedTls supported) {
    this.section = section;
    this.supported = supported;
  }

  /**
   * Returns the suites of TLS 1.2 and below by their JSSE names; empty for the default.
   *
   * @param http2 whether HTTP/2 is offered
   */
  List<String> read(TlsVersion min, boolean http2) {
    if (section.isBlank(KEY)) {
      return List.of();
    }
    List<String> written = new ArrayList<>();
    List<String> suites =
        section.texts(
            KEY,
            "expected a list of cipher suites",
            text -> {
              written.add(text);
              return supported.parseCipherSuite(text);
            });
    boolean allValid = !written.isEmpty() && suites != null && suites.size() == written.size();
    List<String> governed = suites == null ? List.of() : governed(suites);
    if (allValid && min != TlsVersion.TLS13) {
      check(governed, http2);
    }
    return governed;
  }

  private static List<String> governed(List<String> suites) {
    return suites.stream().filter(suite -> !OF_TLS13.contains(suite)).distinct().toList();
  }

  private void check(List<String> governed, boolean http2) {
    if (governed.isEmpty()) {
      section.report(KEY, null, "expected one of TLS 1.2 as well, or min_version: TLS13");
    } else if (http2 && Collections.disjoint(governed, OF_HTTP2)) {
      section.report(
          KEY,
          null,
          "expected among them "
              + String.join(" or ", OF_HTTP2)
              + ", which HTTP/2 needs; or http2: false in http_server_config");
    }
  }
}
