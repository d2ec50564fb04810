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
 * What the TLS of a Java can do for a server. What it cannot is refused: changing it for the whole
 * process would change the connections to OKX as well.
 *
 * @param protocols versions that are not disabled
 * @param cipherSuites those that are not disabled
 * @param knows whether a cipher suite exists, disabled or not
 * @param curves those that are offered, null where a connection cannot choose (before Java 20)
 */
record SupportedTls(
    Set<String> protocols,
    Set<String> cipherSuites,
    Predicate<String> knows,
    @Nullable Set<String> curves) {
  /** Go's name: the one of JSSE. */
  private static final Map<String, String> CURVES =
      Map.of(
          "CurveP256", "secp256r1",
          "CurveP384", "secp384r1",
          "CurveP521", "secp521r1",
          "X25519", "x25519",
          "X25519MLKEM768", "X25519MLKEM768");

  /** Go's older names, that lack the end. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");

  /** The running Java. */
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
        .filter(name -> !name.endsWith("_SCSV")) // a signal among them, no suite
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

  /** Through reflection, as Java 17 has no such method. */
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

  /** A version that is not disabled. */
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

  /** A cipher suite by its name in Go, at IANA or in JSSE: it becomes the one of JSSE. */
  String parseCipherSuite(String text) throws InvalidValueException {
    String name = nameInJsse(text);
    if (cipherSuites.contains(name)) {
      return name;
    }
    throw new InvalidValueException(
        knows.test(name)
            ? "expected another cipher suite: this Java does not offer this one"
            : "unknown cipher suite" + meant(text));
  }

  /** JSSE calls what is older than TLS by its older name. */
  private String nameInJsse(String text) {
    String old = text.replaceFirst("^TLS_", "SSL_");
    return cipherSuites.contains(old) ? old : ALIASES.getOrDefault(text, text);
  }

  private String meant(String text) {
    return Suggestion.to(text, cipherSuites)
        .map(near -> ", did you mean " + near + "?")
        .orElse(": expected one such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
  }

  /** A curve by its name in Go: it becomes the one of JSSE. */
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
