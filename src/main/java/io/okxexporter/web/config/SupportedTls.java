package io.okxexporter.web.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Suggestion;
import io.okxexporter.web.config.WebSettings.TlsVersion;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS features that a Java offers a server. Settings beyond them are rejected: enabling more
 * for the whole process would change the connections to OKX as well.
 *
 * @param protocols versions that are not disabled
 * @param cipherSuites suites that are not disabled
 * @param knows whether a cipher suite exists, disabled or not
 * @param curves offered curves; null where they cannot be set per connection (before Java 20)
 */
record SupportedTls(
    Set<String> protocols,
    Set<String> cipherSuites,
    Predicate<String> knows,
    @Nullable Set<String> curves) {
  /** JSSE's names by Go's names. */
  private static final Map<String, String> CURVES =
      Map.of(
          "CurveP256", "secp256r1",
          "CurveP384", "secp384r1",
          "CurveP521", "secp521r1",
          "X25519", "x25519",
          "X25519MLKEM768", "X25519MLKEM768");

  /** Go's older names, which lack the suffix. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");

  /** Returns the features of the running Java. */
  static SupportedTls running() {
    SSLEngine engine = engine();
    return new SupportedTls(
        Set.of(engine.getEnabledProtocols()),
        cipherSuites(engine),
        name -> isKnown(engine, name),
        curves(engine.getSSLParameters()));
  }

  private static SSLEngine engine() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(false);
      return engine;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  private static Set<String> cipherSuites(SSLEngine engine) {
    return Arrays.stream(engine.getSupportedCipherSuites())
        .filter(name -> !name.endsWith("_SCSV")) // a signalling value, not a suite
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isKnown(SSLEngine engine, String name) {
    try {
      engine.setEnabledCipherSuites(new String[] {name});
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Uses reflection, as Java 17 has no such method. */
  private static @Nullable Set<String> curves(SSLParameters parameters) {
    try {
      Object names = SSLParameters.class.getMethod("getNamedGroups").invoke(parameters);
      return names instanceof String[] curves ? Set.of(curves) : Set.of();
    } catch (NoSuchMethodException e) {
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a getter cannot fail", e);
    }
  }

  /** Parses a version that is not disabled. */
  TlsVersion parseVersion(String text) throws InvalidValueException {
    for (TlsVersion version : TlsVersion.values()) {
      if (version.name().equals(text) && protocols.contains(version.protocol())) {
        return version;
      }
    }
    throw new InvalidValueException("expected " + versions() + disabled(text));
  }

  private String versions() {
    return Arrays.stream(TlsVersion.values())
        .filter(version -> protocols.contains(version.protocol()))
        .map(TlsVersion::name)
        .collect(Collectors.joining(" or "));
  }

  private static String disabled(String text) {
    boolean exists = Arrays.stream(TlsVersion.values()).anyMatch(v -> v.name().equals(text));
    return exists ? ": this Java has " + text + " disabled" : "";
  }

  /** Parses the Go, IANA or JSSE name of a cipher suite, and returns its JSSE name. */
  String parseCipherSuite(String text) throws InvalidValueException {
    String name = nameInJsse(text);
    if (cipherSuites.contains(name)) {
      return name;
    }
    throw new InvalidValueException(
        knows.test(name)
            ? "expected another cipher suite: this Java does not offer this one"
            : "unknown cipher suite" + suggestion(text));
  }

  /** JSSE keeps the older names of suites that predate TLS. */
  private String nameInJsse(String text) {
    String old = text.replaceFirst("^TLS_", "SSL_");
    return cipherSuites.contains(old) ? old : ALIASES.getOrDefault(text, text);
  }

  private String suggestion(String text) {
    return Suggestion.to(text, cipherSuites)
        .map(near -> ", did you mean " + near + "?")
        .orElse(": expected one such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
  }

  /** Parses the Go name of a curve, and returns its JSSE name. */
  String parseCurve(String text) throws InvalidValueException {
    String name = CURVES.get(text);
    if (name == null) {
      throw new InvalidValueException(
          "expected one of " + String.join(", ", new TreeSet<>(CURVES.keySet())));
    }
    if (curves != null && !curves.contains(name)) {
      throw new InvalidValueException("expected another curve: this Java does not offer this one");
    }
    return name;
  }
}
