package io.okxexporter.web.security;

import io.okxexporter.web.config.PemParser;
import io.okxexporter.web.config.WebSettings.Tls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Everything a handshake needs, made from one reading and never changed: with other certificates
 * comes another one, and with it an empty cache of sessions, so that no session outlives the trust
 * it began with.
 */
final class TlsContext {
  private static final char[] NO_PASSWORD = {};

  private final SSLContext context;
  private final SSLParameters parameters;

  private TlsContext(SSLContext context, SSLParameters parameters) {
    this.context = context;
    this.parameters = parameters;
  }

  /**
   * @throws IOException if something in it cannot be used; the message names the setting and the
   *     file, and shows nothing of what is in there
   */
  static TlsContext of(Tls tls, PemMaterial texts) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] trust = {ClientCertVerifier.of(tls, authorities(tls, texts))};
      context.init(keys(tls, texts), trust, null);
      return new TlsContext(context, TlsParameters.of(tls, context));
    } catch (GeneralSecurityException e) {
      throw new IOException("tls_server_config: cannot be used: " + e.getClass().getName());
    }
  }

  private static KeyManager[] keys(Tls tls, PemMaterial texts)
      throws GeneralSecurityException, IOException {
    List<X509Certificate> chain = chain(tls, texts);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "web", key(tls, texts, chain.get(0)), NO_PASSWORD, chain.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static List<X509Certificate> chain(Tls tls, PemMaterial texts) throws IOException {
    try {
      return new PemParser(texts.cert().reveal()).chain();
    } catch (IOException e) {
      throw new IOException(PemMaterial.name(tls.cert(), "cert") + ": " + e.getMessage());
    }
  }

  private static PrivateKey key(Tls tls, PemMaterial texts, X509Certificate owner)
      throws IOException {
    try {
      return new PemParser(texts.key().reveal()).privateKey(owner.getPublicKey());
    } catch (IOException e) {
      throw new IOException(PemMaterial.name(tls.key(), "key") + ": " + e.getMessage());
    }
  }

  private static @Nullable List<X509Certificate> authorities(Tls tls, PemMaterial texts)
      throws IOException {
    if (tls.clientCa() == null || texts.clientCa() == null) {
      return null;
    }
    try {
      return new PemParser(texts.clientCa().reveal()).certificates();
    } catch (IOException e) {
      throw new IOException(PemMaterial.name(tls.clientCa(), "client_ca") + ": " + e.getMessage());
    }
  }

  SSLContext context() {
    return context;
  }

  /** For one connection. */
  SSLEngine engine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters);
    return engine;
  }
}
