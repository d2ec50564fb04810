package io.okxexporter.web.security;

import io.okxexporter.web.config.PemParser;
import io.okxexporter.web.config.WebSettings.Tls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
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
 * Everything a handshake needs, from one reading of the certificates. Immutable: other certificates
 * get a new context and with it an empty session cache, so that no session outlives the trust it
 * began with.
 */
final class TlsContext {
  private static final char[] NO_PASSWORD = {};

  private final SSLContext context;
  private final SSLParameters parameters;
  private final ClientCertVerifier clients;

  private TlsContext(SSLContext context, SSLParameters parameters, ClientCertVerifier clients) {
    this.context = context;
    this.parameters = parameters;
    this.clients = clients;
  }

  /**
   * @throws IOException if any of it cannot be used; the message names the setting and the file but
   *     shows none of the content
   */
  static TlsContext of(Tls tls, PemMaterial material) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      ClientCertVerifier clients = ClientCertVerifier.of(tls, clientCas(tls, material));
      context.init(keys(tls, material), new TrustManager[] {clients}, null);
      return new TlsContext(context, TlsParameters.of(tls, context), clients);
    } catch (GeneralSecurityException e) {
      throw new IOException("tls_server_config: cannot be used: " + e.getClass().getName());
    }
  }

  private static KeyManager[] keys(Tls tls, PemMaterial material)
      throws GeneralSecurityException, IOException {
    List<X509Certificate> chain = chain(tls, material);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "web", key(tls, material, chain.get(0)), NO_PASSWORD, chain.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static List<X509Certificate> chain(Tls tls, PemMaterial material) throws IOException {
    try {
      return new PemParser(material.cert().reveal()).chain();
    } catch (IOException e) {
      throw new IOException(PemMaterial.name(tls.cert(), "cert") + ": " + e.getMessage());
    }
  }

  private static PrivateKey key(Tls tls, PemMaterial material, X509Certificate owner)
      throws IOException {
    try {
      return new PemParser(material.key().reveal()).privateKey(owner.getPublicKey());
    } catch (IOException e) {
      throw new IOException(PemMaterial.name(tls.key(), "key") + ": " + e.getMessage());
    }
  }

  private static @Nullable List<X509Certificate> clientCas(Tls tls, PemMaterial material)
      throws IOException {
    if (tls.clientCa() == null || material.clientCa() == null) {
      return null;
    }
    try {
      return new PemParser(material.clientCa().reveal()).certificates();
    } catch (IOException e) {
      throw new IOException(PemMaterial.name(tls.clientCa(), "client_ca") + ": " + e.getMessage());
    }
  }

  SSLContext context() {
    return context;
  }

  /**
   * Returns whether a handshake with this client would succeed now.
   *
   * @param chain its certificates, its own first; empty if it gave none
   */
  boolean accepts(X509Certificate[] chain) {
    if (chain.length == 0) {
      return !parameters.getNeedClientAuth();
    }
    try {
      clients.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  /** Creates the engine of one connection. */
  SSLEngine engine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters);
    return engine;
  }
}
