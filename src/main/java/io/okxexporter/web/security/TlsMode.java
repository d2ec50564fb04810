package io.okxexporter.web.security;

import io.okxexporter.file.FileAccess;
import io.okxexporter.web.config.InvalidWebConfigException;
import io.okxexporter.web.config.WebSettings;
import io.okxexporter.web.config.WebSettings.Tls;
import io.okxexporter.web.config.WebSettingsSource;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether TLS and HTTP/2 are on, fixed at startup. All other settings follow the configuration. */
public final class TlsMode implements WebSettingsSource {
  private static final Logger LOG = LoggerFactory.getLogger(TlsMode.class);

  private final WebSettingsSource settings;
  private final boolean http2;
  private final @Nullable ReloadingTls tls;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * @throws IOException if TLS cannot be used as configured
   */
  public TlsMode(
      WebSettings initial,
      WebSettingsSource settings,
      FileAccess files,
      CertificateListener certificates)
      throws IOException {
    this.settings = settings;
    http2 = initial.http2();
    Tls configured = initial.tls();
    tls = configured == null ? null : new ReloadingTls(configured, settings, files, certificates);
  }

  /** Returns the protocols of a connector, the first to be spoken first. */
  public List<ConnectionFactory> protocols(HttpConfiguration http) {
    return tls == null
        ? List.of(new HttpConnectionFactory(http))
        : ConnectionFactories.overTls(http, tls, http2);
  }

  /**
   * Returns whether a handshake with the client of this connection would succeed with the current
   * settings. Certificates expire and CAs are removed while connections are kept and sessions are
   * resumed.
   */
  public boolean accepts(EndPoint connection) {
    EndPoint.SslSessionData session = connection.getSslSessionData();
    if (tls == null || session == null) {
      return true;
    }
    X509Certificate[] chain = session.peerCertificates();
    return tls.current().accepts(chain == null ? new X509Certificate[0] : chain);
  }

  /**
   * Returns the current settings if TLS is on or off in them as here: passwords meant for TLS must
   * not be sent in clear text.
   */
  @Override
  public WebSettings now() throws InvalidWebConfigException {
    WebSettings now = settings.now();
    if ((now.tls() == null) != (tls == null)) {
      throw new InvalidWebConfigException("turning TLS on or off requires a restart");
    }
    if (tls != null) {
      // Else a scraper that keeps its connection would never reveal broken certificates.
      tls.refreshed();
      if (now.http2() != http2 && warned.compareAndSet(false, true)) {
        LOG.atWarn()
            .addKeyValue("current", http2)
            .log("changing http_server_config.http2 requires a restart");
      }
    }
    return now;
  }
}
