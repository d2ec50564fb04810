package io.okxexporter.web.config;

import io.okxexporter.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the web configuration file asks for, in exporter-toolkit's terms; checked as a whole.
 *
 * @param tls null for plain HTTP
 * @param http2 whether HTTP/2 is offered over TLS
 * @param headers added to every answer, by name
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
  /** Without a file: plain HTTP for everybody. */
  public static final WebSettings NONE = new WebSettings(null, true, Map.of(), Map.of(), null);

  /** Keeps its own copies. */
  public WebSettings {
    headers = Map.copyOf(headers);
    basicAuthUsers = Map.copyOf(basicAuthUsers);
  }

  /**
   * How to speak TLS.
   *
   * @param cert certificate chain
   * @param key its private key
   * @param clientCa who signs the certificates of clients, null for nobody
   * @param clientAllowedSans names one of which a verified client certificate must bear; empty for
   *     any
   * @param minVersion lowest version
   * @param maxVersion highest version, null for the highest there is
   * @param cipherSuites of TLS 1.2 and below, by the names of JSSE; empty for the default
   * @param preferServerCipherSuites whose order counts
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
    /** Clients are not asked. */
    NO_CLIENT_CERT("NoClientCert"),
    /** Asked, but nothing is checked. */
    REQUEST_CLIENT_CERT("RequestClientCert"),
    /** Some certificate is required, but nothing of it is checked. */
    REQUIRE_ANY_CLIENT_CERT("RequireAnyClientCert"),
    /** An older name of {@link #REQUIRE_ANY_CLIENT_CERT}. */
    REQUIRE_CLIENT_CERT("RequireClientCert"),
    /** Checked where there is one. */
    VERIFY_CLIENT_CERT_IF_GIVEN("VerifyClientCertIfGiven"),
    /** Required and checked. */
    REQUIRE_AND_VERIFY_CLIENT_CERT("RequireAndVerifyClientCert");

    private final String configName;

    ClientAuth(String configName) {
      this.configName = configName;
    }

    /** The name in the file. */
    String configName() {
      return configName;
    }

    /** Whether certificates are checked; where not, any will do, if the client has its key. */
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
   * How many requests are answered.
   *
   * @param interval one request per so much time
   * @param burst so many at once after a pause
   */
  public record RateLimit(Duration interval, int burst) {}
}
