package io.okxexporter.web.config;

import io.okxexporter.config.yaml.Section;
import io.okxexporter.web.config.WebSettings.TlsVersion;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The settings of {@code tls_server_config} for the handshake. */
record TlsVersionReader(
    TlsVersion minVersion,
    @Nullable TlsVersion maxVersion,
    List<String> cipherSuites,
    boolean preferServerCipherSuites,
    List<String> curves) {
  private static final String EXPECTED_CURVES = "expected a list of curves, such as [X25519]";

  /**
   * Reads the settings; reports invalid ones as problems.
   *
   * @param http2 whether HTTP/2 is offered
   */
  static TlsVersionReader read(Section section, SupportedTls supported, boolean http2) {
    TlsVersion min = section.text("min_version", supported::parseVersion);
    TlsVersion effectiveMin = Objects.requireNonNullElse(min, TlsVersion.TLS12);
    return new TlsVersionReader(
        effectiveMin,
        maxVersion(section, supported, effectiveMin),
        new CipherSuiteReader(section, supported).read(effectiveMin, http2),
        !Boolean.FALSE.equals(section.flag("prefer_server_cipher_suites")),
        curves(section, supported));
  }

  private static @Nullable TlsVersion maxVersion(
      Section section, SupportedTls supported, TlsVersion min) {
    TlsVersion max = section.text("max_version", supported::parseVersion);
    if (max != null && max.compareTo(min) < 0) {
      section.report("max_version", max.name(), "expected at least the min_version, " + min);
    }
    return max;
  }

  private static List<String> curves(Section section, SupportedTls supported) {
    if (section.isBlank("curve_preferences")) {
      return List.of();
    }
    if (supported.curves() == null) {
      section.report(
          "curve_preferences",
          null,
          "expected to be unset: choosing curves needs Java 20 or newer");
    }
    List<String> curves =
        section.texts("curve_preferences", EXPECTED_CURVES, supported::parseCurve);
    return curves == null ? List.of() : curves;
  }
}
