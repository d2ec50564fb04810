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

/** TLS as it is configured at each moment, or as it last was while that cannot be used. */
final class ReloadingTls {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadingTls.class);

  private final WebSettingsSource settings;
  private final CertificateListener listener;
  private final FileAccess files;
  private volatile Tls tls;

  /** Of its files, when they were last read. */
  private List<String> stamps;

  private TlsContext context;
  private @Nullable String problem;

  /**
   * @param tls what is configured now
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
    listener.certificatesAre(true);
  }

  /** For one connection, with what is configured now. */
  SSLEngine engine() {
    return refreshed().engine();
  }

  SSLContext context() {
    return refreshed().context();
  }

  /** Reads what is configured now, where that has changed; notices what is wrong with it. */
  TlsContext refreshed() {
    Tls now = configured();
    return refreshed(now, files.stamps(PemMaterial.files(now)));
  }

  private synchronized TlsContext refreshed(Tls now, List<String> stampsNow) {
    if (!now.equals(tls) || !stampsNow.equals(stamps)) {
      tls = now;
      stamps = stampsNow;
      read();
    }
    return context;
  }

  private void read() {
    try {
      context = TlsContext.of(tls, PemMaterial.read(tls, files));
      worked();
    } catch (IOException e) {
      stamps = List.of(); // it may work the next time though no file has changed
      failed(e.getMessage());
    }
  }

  /** Of a broken configuration the last good one: over it goes the answer that it is broken. */
  private Tls configured() {
    try {
      Tls now = settings.now().tls();
      return now == null ? tls : now;
    } catch (InvalidWebConfigException e) {
      return tls;
    }
  }

  private void worked() {
    if (problem != null) {
      problem = null;
      LOG.info("certificates are valid again");
      listener.certificatesAre(true);
    }
  }

  private void failed(@Nullable String now) {
    if (problem == null) {
      listener.certificatesAre(false);
    }
    if (now != null && !now.equals(problem)) {
      problem = now;
      LOG.atError()
          .addKeyValue("problem", now)
          .log("invalid certificates; keeping the last valid ones");
    }
  }
}
