package io.okxexporter.config;

import io.okxexporter.model.WebSettings.Pem;
import io.okxexporter.model.WebSettings.Tls;
import org.jspecify.annotations.Nullable;

/** Reads {@code tls_server_config}. */
final class TlsReader {
  private final Section section;
  private final PemReader pems;
  private final JavaTls java;

  TlsReader(Section section, PemReader pems, JavaTls java) {
    this.section = section;
    this.pems = pems;
    this.java = java;
  }

  /**
   * What is asked for; null where TLS is off, or something is missing.
   *
   * @param http2 whether HTTP/2 is to be offered over TLS
   */
  @Nullable Tls read(boolean http2) {
    boolean on = isOn();
    Pem cert = on ? pems.readRequired(section, "cert", PemBlock.CERTIFICATE) : null;
    Pem key = on ? pems.readRequired(section, "key", PemBlock.PRIVATE_KEY) : null;
    Clients clients = Clients.read(section, pems);
    Handshake handshake = Handshake.read(section, java, on && http2);
    section.refuseOthers();
    return cert == null || key == null ? null : tls(cert, key, clients, handshake);
  }

  /** As in exporter-toolkit: any of these, and what is missing beside it is a mistake. */
  private boolean isOn() {
    boolean cert = PemReader.has(section, "cert");
    boolean key = PemReader.has(section, "key");
    boolean clientCa = PemReader.has(section, "client_ca");
    return section.has("client_auth_type") || cert || key || clientCa;
  }

  private static Tls tls(Pem cert, Pem key, Clients clients, Handshake handshake) {
    return new Tls(
        cert,
        key,
        clients.ca(),
        clients.auth(),
        clients.allowedSans(),
        handshake.minVersion(),
        handshake.maxVersion(),
        handshake.cipherSuites(),
        handshake.preferServerCipherSuites(),
        handshake.curves());
  }
}
