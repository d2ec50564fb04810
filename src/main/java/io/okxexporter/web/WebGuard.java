package io.okxexporter.web;

import io.okxexporter.model.WebSettings;
import java.util.function.LongSupplier;

/**
 * What protects the web server.
 *
 * @param settings the web configuration
 * @param certificates hears whether the certificates in use are those of the files
 * @param nanoTime monotonic time in nanoseconds, for the rate limit
 */
public record WebGuard(
    CurrentSettings settings, CertificateListener certificates, LongSupplier nanoTime) {
  /** Without a web configuration: plain HTTP for everybody. */
  public static WebGuard none() {
    return new WebGuard(() -> WebSettings.NONE, good -> {}, System::nanoTime);
  }
}
