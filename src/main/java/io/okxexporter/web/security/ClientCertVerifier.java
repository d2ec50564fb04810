package io.okxexporter.web.security;

import io.okxexporter.web.config.WebSettings.Tls;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Which certificates of clients are good: first the chain, then the name; with Go's meaning. */
final class ClientCertVerifier extends X509ExtendedTrustManager {
  private final @Nullable X509ExtendedTrustManager chains;
  private final AllowedSans names;

  private ClientCertVerifier(@Nullable X509ExtendedTrustManager chains, AllowedSans names) {
    this.chains = chains;
    this.names = names;
  }

  /**
   * @param authorities who signs clients' certificates; null for whom this Java trusts, as Go takes
   *     whom the system trusts
   */
  static ClientCertVerifier of(Tls tls, @Nullable List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    return new ClientCertVerifier(
        tls.clientAuth().verifies() ? chains(authorities) : null,
        new AllowedSans(tls.clientAllowedSans()));
  }

  private static X509ExtendedTrustManager chains(@Nullable List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(authorities == null ? null : store(authorities));
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static KeyStore store(List<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("ca-" + i, certificates.get(i));
    }
    return store;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (chains != null) {
      chains.checkClientTrusted(chain, authType, engine);
    }
    names.check(chain[0]);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chains == null ? new X509Certificate[0] : chains.getAcceptedIssuers();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notHere();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notHere();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notHere();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notHere();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw notHere();
  }

  private static CertificateException notHere() {
    return new CertificateException("only clients of this server are checked");
  }
}
