package io.okxexporter.web.security;

/** Notified of whether the certificate files can be used. Runs on web threads; must be quick. */
@FunctionalInterface
public interface CertificateListener {
  /**
   * Called at startup and on every change.
   *
   * @param valid whether the current files are in use; false while the last good ones serve instead
   */
  void onCertificates(boolean valid);
}
