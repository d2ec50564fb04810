package io.okxexporter.web.config;

import io.okxexporter.config.yaml.Section;
import io.okxexporter.web.config.WebSettings.Pem;
import io.okxexporter.web.config.WebSettings.Tls;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code tls_server_config}. */
final class TlsReader {
  private final Section section;
  private final PemReader pems;
  private final SupportedTls supported;

  TlsReader(Section section, PemReader pems, SupportedTls supported) {
    this.section = section;
    this.pems = pems;
    this.supported = supported;
  }

  /**
   * Returns the TLS settings; null where TLS is off, or something is missing.
   *
   * @param http2 whether HTTP/2 is offered over TLS
   */
  @Nullable Tls read(boolean http2) {
    boolean on = isOn();
    List<X509Certificate> chain = new ArrayList<>();
    Pem cert =
        on ? pems.readRequired(section, "cert", pem -> chain.addAll(pem.certificates())) : null;
    Pem key = on ? pems.readRequired(section, "key", pem -> checkKey(pem, chain)) : null;
    ClientAuthReader clientAuth = ClientAuthReader.read(section, pems);
    TlsVersionReader versions = TlsVersionReader.read(section, supported, on && http2);
    section.rejectOthers();
    return cert == null || key == null ? null : tls(cert, key, clientAuth, versions);
  }

  private static void checkKey(PemParser pem, List<X509Certificate> chain) throws IOException {
    if (chain.isEmpty()) {
      pem.requirePrivateKey();
    } else {
      var unused = pem.privateKey(chain.get(0).getPublicKey());
    }
  }

  /** As in exporter-toolkit, any of these turns TLS on; what is then missing is an error. */
  private boolean isOn() {
    boolean cert = PemReader.has(section, "cert");
    boolean key = PemReader.has(section, "key");
    boolean clientCa = PemReader.has(section, "client_ca");
    return section.has("client_auth_type") || cert || key || clientCa;
  }

  private static Tls tls(
      Pem cert, Pem key, ClientAuthReader clientAuth, TlsVersionReader versions) {
    return new Tls(
        cert,
        key,
        clientAuth.ca(),
        clientAuth.auth(),
        clientAuth.allowedSans(),
        versions.minVersion(),
        versions.maxVersion(),
        versions.cipherSuites(),
        versions.preferServerCipherSuites(),
        versions.curves());
  }
}
