package io.okxexporter.web;

import io.okxexporter.model.WebSettings.Tls;
import io.okxexporter.model.WebSettings.TlsVersion;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Versions, cipher suites, curves and client authentication, for our connections alone. */
final class TlsParameters {
  private TlsParameters() {}

  /**
   * @throws IOException if this Java has not got what is asked for; the message names the setting
   */
  static SSLParameters of(Tls tls, SSLContext context) throws IOException {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(protocols(tls, List.of(parameters.getProtocols())));
    parameters.setCipherSuites(suites(tls, parameters.getCipherSuites()));
    parameters.setUseCipherSuitesOrder(tls.preferServerCipherSuites());
    setCurves(tls.curves(), parameters);
    setClientAuth(tls, parameters);
    try {
      engine.setSSLParameters(parameters);
    } catch (IllegalArgumentException e) {
      throw new IOException("tls_server_config.cipher_suites: " + e.getMessage());
    }
    return parameters;
  }

  private static String[] protocols(Tls tls, List<String> there) throws IOException {
    check("min_version", tls.minVersion(), there);
    check("max_version", tls.maxVersion(), there);
    TlsVersion most = tls.maxVersion() == null ? TlsVersion.TLS13 : tls.maxVersion();
    String[] protocols =
        Arrays.stream(TlsVersion.values())
            .filter(it -> it.compareTo(tls.minVersion()) >= 0 && it.compareTo(most) <= 0)
            .map(TlsVersion::protocol)
            .filter(there::contains)
            .toArray(String[]::new);
    if (protocols.length == 0) {
      throw new IOException("tls_server_config.max_version: is below min_version");
    }
    return protocols;
  }

  private static void check(String setting, @Nullable TlsVersion version, List<String> there)
      throws IOException {
    if (version != null && !there.contains(version.protocol())) {
      throw new IOException(
          "tls_server_config." + setting + ": " + version + " is switched off in this Java");
    }
  }

  /** By default those with forward secrecy, as in Go; the suites of TLS 1.3 always. */
  private static String[] suites(Tls tls, String[] there) {
    Stream<String> tls13 = Arrays.stream(there).filter(it -> !it.contains("_WITH_"));
    Stream<String> older =
        tls.cipherSuites().isEmpty()
            ? Arrays.stream(there).filter(it -> it.startsWith("TLS_ECDHE_"))
            : tls.cipherSuites().stream();
    return Stream.concat(tls13, older).toArray(String[]::new);
  }

  /** By reflection: the method came with Java 20, and a property would change all connections. */
  private static void setCurves(List<String> curves, SSLParameters parameters) throws IOException {
    if (curves.isEmpty()) {
      return;
    }
    try {
      SSLParameters.class
          .getMethod("setNamedGroups", String[].class)
          .invoke(parameters, (Object) curves.toArray(String[]::new));
    } catch (ReflectiveOperationException e) {
      throw new IOException("tls_server_config.curve_preferences: needs Java 20 or newer");
    }
  }

  private static void setClientAuth(Tls tls, SSLParameters parameters) {
    switch (tls.clientAuth()) {
      case NO_CLIENT_CERT -> parameters.setWantClientAuth(false);
      case REQUEST_CLIENT_CERT, VERIFY_CLIENT_CERT_IF_GIVEN -> parameters.setWantClientAuth(true);
      case REQUIRE_ANY_CLIENT_CERT, REQUIRE_CLIENT_CERT, REQUIRE_AND_VERIFY_CLIENT_CERT ->
          parameters.setNeedClientAuth(true);
    }
  }
}
