package io.okxexporter.web.security;

import io.okxexporter.file.FileAccess;
import io.okxexporter.web.config.InvalidWebConfigException;
import io.okxexporter.web.config.WebSettings.Tls;
import io.okxexporter.web.config.WebSettingsSource;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS that follows its configuration and files, or the last good ones while they are broken. */
final class ReloadingTls {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadingTls.class);

  private final WebSettingsSource settings;
  private final CertificateListener listener;
  private final FileAccess files;
  private volatile Tls tls;

  /** Stamps of the files when they were last read. */
  private List<String> stamps;

  private TlsContext context;
  private @Nullable String problem;

  /**
   * @param tls the initial configuration
   * @throws IOException if it cannot be used
   */
  ReloadingTls(Tls tls, WebSettingsSource settings, FileAccess files, CertificateListener listener)
      throws IOException {
    this.tls = tls;
    this.settings = settings;
    this.listener = listener;
    this.files = files;
    stamps = files.stamps(PemMaterial.files(tls));
    context = TlsContext.of(tls, PemMaterial.read(tls, files));
    listener.onCertificates(true);
  }

  /** Creates the engine of one connection from the current configuration. */
  SSLEngine engine() {
    return refreshed().engine();
  }

  SSLContext context() {
    return refreshed().context();
  }

  synchronized TlsContext current() {
    return context;
  }

  /** Reads the current configuration again if it has changed, and reports problems with it. */
  TlsContext refreshed() {
    Tls current = configured();
    return refreshed(current, files.stamps(PemMaterial.files(current)));
  }

  private synchronized TlsContext refreshed(Tls current, List<String> currentStamps) {
    if (!current.equals(tls) || !currentStamps.equals(stamps)) {
      tls = current;
      stamps = currentStamps;
      read();
    }
    return context;
  }

  private void read() {
    try {
      context = TlsContext.of(tls, PemMaterial.read(tls, files));
      recovered();
    } catch (IOException e) {
      stamps = List.of(); // a retry may succeed though no file has changed
      failed(e.getMessage());
    }
  }

  /** While the configuration is broken, the last good one carries the error responses. */
  private Tls configured() {
    try {
      Tls current = settings.now().tls();
      return current == null ? tls : current;
    } catch (InvalidWebConfigException e) {
      return tls;
    }
  }

  private void recovered() {
    if (problem != null) {
      problem = null;
      LOG.info("certificates are valid again");
      listener.onCertificates(true);
    }
  }

  private void failed(@Nullable String error) {
    if (problem == null) {
      listener.onCertificates(false);
    }
    if (error != null && !error.equals(problem)) {
      problem = error;
      LOG.atError()
          .addKeyValue("problems", error)
          .log("invalid certificates; keeping the last valid ones");
    }
  }
}
