package io.okxexporter.okx;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * TLS that trusts further authorities besides those of Java's trust store.
 *
 * @param authorities the further ones
 */
record AddedTrust(
    List<X509Certificate> authorities, SSLSocketFactory sockets, X509TrustManager manager) {
  /**
   * @throws IOException if Java's own trust store cannot be read
   */
  static AddedTrust of(List<X509Certificate> authorities) throws IOException {
    try {
      X509TrustManager manager = TrustStore.manager(store(authorities));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return new AddedTrust(authorities, context.getSocketFactory(), manager);
    } catch (GeneralSecurityException e) {
      throw new IOException("the trust store of Java: " + TrustStore.expected(e), e);
    }
  }

  private static KeyStore store(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    List<X509Certificate> all =
        Stream.concat(
                Stream.of(TrustStore.manager(null).getAcceptedIssuers()), authorities.stream())
            .toList();
    for (int i = 0; i < all.size(); i++) {
      store.setCertificateEntry(Integer.toString(i), all.get(i));
    }
    return store;
  }
}
