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
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Verifies client certificates as Go does: first the chain, then the alternative names. */
final class ClientCertVerifier extends X509ExtendedTrustManager {
  private final @Nullable X509ExtendedTrustManager chainVerifier;
  private final List<X509Certificate> acceptedIssuers;
  private final AllowedSans allowedSans;

  private ClientCertVerifier(
      @Nullable X509ExtendedTrustManager chainVerifier,
      List<X509Certificate> acceptedIssuers,
      AllowedSans allowedSans) {
    this.chainVerifier = chainVerifier;
    this.acceptedIssuers = List.copyOf(acceptedIssuers);
    this.allowedSans = allowedSans;
  }

  /**
   * @param clientCas CAs that sign client certificates; null for those this Java trusts, as Go uses
   *     the system's
   */
  static ClientCertVerifier of(Tls tls, @Nullable List<X509Certificate> clientCas)
      throws GeneralSecurityException, IOException {
    return new ClientCertVerifier(
        tls.clientAuth().verifies() ? chainVerifier(clientCas) : null,
        Objects.requireNonNullElse(clientCas, List.of()),
        new AllowedSans(tls.clientAllowedSans()));
  }

  private static X509ExtendedTrustManager chainVerifier(@Nullable List<X509Certificate> clientCas)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(clientCas == null ? null : keyStore(clientCas));
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static KeyStore keyStore(List<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore keyStore = KeyStore.getInstance("PKCS12");
    keyStore.load(null, null);
    for (int i = 0; i < certificates.size(); i++) {
      keyStore.setCertificateEntry("ca-" + i, certificates.get(i));
    }
    return keyStore;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (chainVerifier != null) {
      chainVerifier.checkClientTrusted(chain, authType, engine);
    }
    allowedSans.check(chain[0]);
  }

  /** Names the configured CAs only: those of Java would make every handshake 15 KB larger. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return acceptedIssuers.toArray(X509Certificate[]::new);
  }

  /** Outside a handshake. */
  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (chainVerifier != null) {
      chainVerifier.checkClientTrusted(chain, authType);
    }
    allowedSans.check(chain[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw unsupported();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw unsupported();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw unsupported();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw unsupported();
  }

  private static CertificateException unsupported() {
    return new CertificateException("only clients of this server are checked");
  }
}
