package io.okxexporter.web.config;

import io.okxexporter.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the web configuration file, in exporter-toolkit's terms; validated as a whole.
 *
 * @param tls null for plain HTTP
 * @param http2 whether HTTP/2 is offered over TLS
 * @param headers added to every response, by name
 * @param basicAuthUsers bcrypt hashes by user name; empty for no authentication
 * @param rateLimit null for none
 * @see <a
 *     href="https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md">
 *     Web configuration</a>
 */
public record WebSettings(
    @Nullable Tls tls,
    boolean http2,
    Map<String, String> headers,
    Map<String, Secret> basicAuthUsers,
    @Nullable RateLimit rateLimit) {
  /** The settings without a file: plain HTTP without authentication. */
  public static final WebSettings NONE = new WebSettings(null, true, Map.of(), Map.of(), null);

  /** Keeps its own copies. */
  public WebSettings {
    headers = Map.copyOf(headers);
    basicAuthUsers = Map.copyOf(basicAuthUsers);
  }

  /** Returns likely mistakes that are allowed, one line each, without secrets. */
  List<String> warnings() {
    return tls != null && tls.clientAuth().verifies() && tls.clientCa() == null
        ? List.of(
            "tls_server_config.client_ca: unset, so "
                + tls.clientAuth().configName()
                + " accepts certificates of every CA that Java trusts, and clients without one")
        : List.of();
  }

  /**
   * The TLS settings.
   *
   * @param cert certificate chain
   * @param key its private key
   * @param clientCa the CAs of client certificates; null for those that Java trusts
   * @param clientAllowedSans names, of which a verified client certificate must have one; empty for
   *     any
   * @param minVersion lowest version
   * @param maxVersion highest version, null for the highest there is
   * @param cipherSuites of TLS 1.2 and below, by the names of JSSE; empty for the default
   * @param preferServerCipherSuites whether the server's order of suites wins
   * @param curves by the names of JSSE; empty for the default
   */
  public record Tls(
      Pem cert,
      Pem key,
      @Nullable Pem clientCa,
      ClientAuth clientAuth,
      List<String> clientAllowedSans,
      TlsVersion minVersion,
      @Nullable TlsVersion maxVersion,
      List<String> cipherSuites,
      boolean preferServerCipherSuites,
      List<String> curves) {
    /** Keeps its own copies. */
    public Tls {
      clientAllowedSans = List.copyOf(clientAllowedSans);
      cipherSuites = List.copyOf(cipherSuites);
      curves = List.copyOf(curves);
    }
  }

  /** A PEM text, or the file that holds it and is read again when it changes. */
  public sealed interface Pem {
    /** In the configuration itself. */
    record Inline(Secret text) implements Pem {}

    /** In a file. */
    record File(Path path) implements Pem {}
  }

  /** Go's client authentication types, by exporter-toolkit's names. */
  public enum ClientAuth {
    /** No certificate is requested. */
    NO_CLIENT_CERT("NoClientCert"),
    /** A certificate is requested, but not checked. */
    REQUEST_CLIENT_CERT("RequestClientCert"),
    /** A certificate is required, but not checked. */
    REQUIRE_ANY_CLIENT_CERT("RequireAnyClientCert"),
    /** An older name of {@link #REQUIRE_ANY_CLIENT_CERT}. */
    REQUIRE_CLIENT_CERT("RequireClientCert"),
    /** A certificate is checked if there is one. */
    VERIFY_CLIENT_CERT_IF_GIVEN("VerifyClientCertIfGiven"),
    /** A certificate is required and checked. */
    REQUIRE_AND_VERIFY_CLIENT_CERT("RequireAndVerifyClientCert");

    private final String configName;

    ClientAuth(String configName) {
      this.configName = configName;
    }

    /** The name in the file. */
    String configName() {
      return configName;
    }

    /**
     * Whether certificates are checked; if not, the client needs only the key of its certificate.
     */
    public boolean verifies() {
      return this == VERIFY_CLIENT_CERT_IF_GIVEN || this == REQUIRE_AND_VERIFY_CLIENT_CERT;
    }
  }

  /** Versions of TLS, by exporter-toolkit's names and JSSE's. */
  public enum TlsVersion {
    /** RFC 2246. */
    TLS10("TLSv1"),
    /** RFC 4346. */
    TLS11("TLSv1.1"),
    /** RFC 5246. */
    TLS12("TLSv1.2"),
    /** RFC 8446. */
    TLS13("TLSv1.3");

    private final String protocol;

    TlsVersion(String protocol) {
      this.protocol = protocol;
    }

    /** The name in JSSE; in the file it is the name of the constant. */
    public String protocol() {
      return protocol;
    }
  }

  /**
   * The limit on requests.
   *
   * @param interval the time for one request
   * @param burst requests at once after a pause
   */
  public record RateLimit(Duration interval, int burst) {}
}
