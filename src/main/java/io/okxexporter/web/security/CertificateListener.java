package io.okxexporter.web.security;

/** Is told how reading the certificates went; on web threads, so it must be quick. */
@FunctionalInterface
public interface CertificateListener {
  /**
   * Called at the start and whenever it changes.
   *
   * @param good whether the files are those in use; false while the last good ones serve instead
   */
  void certificatesAre(boolean good);
}
