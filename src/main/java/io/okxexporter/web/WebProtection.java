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
 * What protects the web server.
 *
 * @param settings the web configuration
 * @param hosts that requests may be for
 * @param files reads the certificates
 * @param certificates hears whether the certificates in use are those of the files
 * @param nanoTime monotonic time in nanoseconds, for the rate limit and for slow readers
 * @param requestTimeout how long a request may take, from its first byte until its answer is taken,
 *     and how long a connection may do nothing
 */
public record WebProtection(
    WebSettingsSource settings,
    AllowedHosts hosts,
    FileAccess files,
    CertificateListener certificates,
    LongSupplier nanoTime,
    Duration requestTimeout) {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  /** With the patience of a server in use: three times that of most scrapers. */
  public WebProtection(
      WebSettingsSource settings,
      AllowedHosts hosts,
      FileAccess files,
      CertificateListener certificates,
      LongSupplier nanoTime) {
    this(settings, hosts, files, certificates, nanoTime, REQUEST_TIMEOUT);
  }

  /**
   * TLS or not, as the settings say.
   *
   * @throws IOException if TLS cannot be spoken as configured
   */
  TlsMode transport(WebSettings first) throws IOException {
    return new TlsMode(first, settings, files, certificates);
  }
}
