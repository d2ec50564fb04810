package io.okxexporter.web;

import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A scraper that trusts one authority and may show a certificate, each time over a new session. */
public final class TlsClient {
  private final Authority trusted;
  private final @Nullable Issued own;

  /**
   * A response.
   *
   * @param text the complete response
   * @param session the negotiated TLS session
   */
  public record Reply(String text, SSLSession session) {
    public X509Certificate server() throws IOException {
      return (X509Certificate) session.getPeerCertificates()[0];
    }
  }

  public TlsClient(Authority trusted, @Nullable Issued own) {
    this.trusted = trusted;
    this.own = own;
  }

  public SSLContext context() throws GeneralSecurityException, IOException {
    return trusted.client(own == null ? null : new KeyManager[] {new OwnKey(own)});
  }

  public Reply get(InetSocketAddress address, String path, String... headers) throws Exception {
    return get(address, path, parameters -> {}, headers);
  }

  Reply get(
      InetSocketAddress address, String path, Consumer<SSLParameters> parameters, String... headers)
      throws Exception {
    try (SSLSocket socket = connect(address, parameters)) {
      StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: x\r\n");
      for (int i = 0; i < headers.length; i += 2) {
        request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
      }
      request.append("Connection: close\r\n\r\n");
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Reply(text, socket.getSession());
    }
  }

  SSLSocket connect(InetSocketAddress address, Consumer<SSLParameters> parameters)
      throws Exception {
    Socket plain = new LastWordsSocket();
    plain.connect(address);
    plain.setSoTimeout(20_000);
    plain.setTcpNoDelay(true); // else each of its writes may wait for an ACK
    SSLSocket socket =
        (SSLSocket)
            context().getSocketFactory().createSocket(plain, "127.0.0.1", address.getPort(), true);
    SSLParameters wanted = socket.getSSLParameters();
    wanted.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.accept(wanted);
    socket.setSSLParameters(wanted);
    socket.startHandshake();
    return socket;
  }

  /** Uses reflection, as Java has the method since 20. */
  static void setCurve(SSLParameters parameters, String curve) {
    try {
      SSLParameters.class
          .getMethod("setNamedGroups", String[].class)
          .invoke(parameters, (Object) new String[] {curve});
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(curve, e);
    }
  }

  /**
   * Ignores write errors after the peer has closed, since they would precede the alert that states
   * why it closed.
   */
  private static final class LastWordsSocket extends Socket {
    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int from, int length) {
          try {
            out.write(bytes, from, length);
          } catch (IOException e) {
            // Reading shows how the connection ended.
          }
        }
      };
    }
  }

  /** Presents its certificate on every request, even if another issuer is requested. */
  private static final class OwnKey extends X509ExtendedKeyManager {
    private final Issued own;

    OwnKey(Issued own) {
      this.own = own;
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
      return "own";
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return "own";
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {"own"};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {own.certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return own.key();
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      throw new UnsupportedOperationException();
    }
  }
}
