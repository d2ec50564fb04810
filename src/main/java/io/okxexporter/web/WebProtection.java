package io.okxexporter.web;

import io.okxexporter.file.FileAccess;
import io.okxexporter.web.config.WebSettings;
import io.okxexporter.web.config.WebSettingsSource;
import io.okxexporter.web.security.CertificateListener;
import io.okxexporter.web.security.TlsMode;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The web server's protection: access, TLS and timeouts.
 *
 * @param settings the web configuration
 * @param hosts the hosts that requests may name
 * @param files reads the certificates
 * @param certificates notified of whether the certificate files are in use
 * @param nanoTime monotonic time in nanoseconds, for the rate limit and for slow readers
 * @param requestTimeout from a request's first byte to the last byte of its response, and the most
 *     a connection may be idle
 */
public record WebProtection(
    WebSettingsSource settings,
    AllowedHosts hosts,
    FileAccess files,
    CertificateListener certificates,
    LongSupplier nanoTime,
    Duration requestTimeout) {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  /** Uses the request timeout of production: three times that of most scrapers. */
  public WebProtection(
      WebSettingsSource settings,
      AllowedHosts hosts,
      FileAccess files,
      CertificateListener certificates,
      LongSupplier nanoTime) {
    this(settings, hosts, files, certificates, nanoTime, REQUEST_TIMEOUT);
  }

  /**
   * Sets up TLS if the settings configure it.
   *
   * @throws IOException if TLS cannot be used as configured
   */
  TlsMode tlsMode(WebSettings initial) throws IOException {
    return new TlsMode(initial, settings, files, certificates);
  }
}
