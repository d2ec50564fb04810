package io.okxexporter.web.security;

import io.okxexporter.file.FileAccess;
import io.okxexporter.web.config.InvalidWebConfigException;
import io.okxexporter.web.config.WebSettings;
import io.okxexporter.web.config.WebSettings.Tls;
import io.okxexporter.web.config.WebSettingsSource;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS or not, and HTTP/2 or not: decided once, at the start. Everything else of the settings is
 * live.
 */
public final class TlsMode implements WebSettingsSource {
  private static final Logger LOG = LoggerFactory.getLogger(TlsMode.class);

  private final WebSettingsSource settings;
  private final boolean http2;
  private final @Nullable ReloadingTls tls;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * @throws IOException if TLS cannot be spoken as configured
   */
  public TlsMode(
      WebSettings first,
      WebSettingsSource settings,
      FileAccess files,
      CertificateListener certificates)
      throws IOException {
    this.settings = settings;
    http2 = first.http2();
    Tls wanted = first.tls();
    tls = wanted == null ? null : new ReloadingTls(wanted, settings, files, certificates);
  }

  public List<ConnectionFactory> protocols(HttpConfiguration http) {
    return tls == null
        ? List.of(new HttpConnectionFactory(http))
        : ConnectionFactories.overTls(http, tls, http2);
  }

  /**
   * The settings, if they are for what is spoken here: passwords that were meant to go over TLS
   * must not go in the clear.
   */
  @Override
  public WebSettings now() throws InvalidWebConfigException {
    WebSettings now = settings.now();
    if ((now.tls() == null) != (tls == null)) {
      throw new InvalidWebConfigException("turning TLS on or off requires a restart");
    }
    if (tls != null) {
      // Without this, a scraper that keeps its connection would never see that they broke.
      tls.refreshed();
      if (now.http2() != http2 && warned.compareAndSet(false, true)) {
        LOG.atWarn()
            .addKeyValue("http2", http2)
            .log("changing http_server_config.http2 requires a restart");
      }
    }
    return now;
  }
}
