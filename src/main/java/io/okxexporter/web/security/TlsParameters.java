package io.okxexporter.web.security;

import io.okxexporter.web.config.WebSettings.Tls;
import io.okxexporter.web.config.WebSettings.TlsVersion;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** TLS versions, cipher suites, curves and client authentication of the server's connections. */
final class TlsParameters {
  private TlsParameters() {}

  /** Builds the parameters; the configuration has already rejected what this Java lacks. */
  static SSLParameters of(Tls tls, SSLContext context) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(protocols(tls, List.of(parameters.getProtocols())));
    parameters.setCipherSuites(suites(tls, parameters.getCipherSuites()));
    parameters.setUseCipherSuitesOrder(tls.preferServerCipherSuites());
    setCurves(tls.curves(), parameters);
    setClientAuth(tls, parameters);
    return parameters;
  }

  private static String[] protocols(Tls tls, List<String> supported) {
    TlsVersion max = tls.maxVersion() == null ? TlsVersion.TLS13 : tls.maxVersion();
    return Arrays.stream(TlsVersion.values())
        .filter(it -> it.compareTo(tls.minVersion()) >= 0 && it.compareTo(max) <= 0)
        .map(TlsVersion::protocol)
        .filter(supported::contains)
        .toArray(String[]::new);
  }

  /** By default, the suites with forward secrecy, as in Go; those of TLS 1.3 always. */
  private static String[] suites(Tls tls, String[] supported) {
    Stream<String> tls13 = Arrays.stream(supported).filter(it -> !it.contains("_WITH_"));
    Stream<String> older =
        tls.cipherSuites().isEmpty()
            ? Arrays.stream(supported).filter(it -> it.startsWith("TLS_ECDHE_"))
            : tls.cipherSuites().stream();
    return Stream.concat(tls13, older).toArray(String[]::new);
  }

  /** Uses reflection: the method needs Java 20, and a property would affect all connections. */
  private static void setCurves(List<String> curves, SSLParameters parameters) {
    if (curves.isEmpty()) {
      return;
    }
    try {
      SSLParameters.class
          .getMethod("setNamedGroups", String[].class)
          .invoke(parameters, (Object) curves.toArray(String[]::new));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the configuration refuses curves before Java 20", e);
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
