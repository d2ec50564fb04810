package io.okxexporter.web.security;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** What is spoken over TLS. Kept apart so that without TLS none of it is loaded. */
final class ConnectionFactories {
  private static final int STREAMS = 32; // of one connection at once; a scraper has one
  private static final String HTTP_1 = HttpVersion.HTTP_1_1.asString();
  private static final String OFFERED_HTTP_1 = "http/1.1"; // ALPN tells cases apart

  private ConnectionFactories() {}

  static List<ConnectionFactory> overTls(HttpConfiguration http, ReloadingTls tls, boolean http2) {
    List<ConnectionFactory> protocols = new ArrayList<>();
    protocols.add(ssl(tls, http2 ? "alpn" : HTTP_1));
    if (http2) {
      protocols.addAll(Http2.factories(http));
    }
    protocols.add(new HttpConnectionFactory(http));
    return protocols;
  }

  private static SslConnectionFactory ssl(ReloadingTls tls, String next) {
    SslConnectionFactory ssl = new SslConnectionFactory(new Engines(tls), next);
    // It would refuse who asks for a name that is not in our certificate: the client's business.
    ssl.setEnsureSecureRequestCustomizer(false);
    return ssl;
  }

  /** Gives Jetty our engines instead of its own, for each connection anew. */
  private static final class Engines extends SslContextFactory.Server {
    private final ReloadingTls tls;

    Engines(ReloadingTls tls) {
      this.tls = tls;
      setSslContext(tls.context()); // for Jetty's own start alone
    }

    @Override
    public SSLEngine newSSLEngine() {
      return tls.engine();
    }

    @Override
    public SSLEngine newSSLEngine(String host, int port) {
      return tls.engine();
    }

    @Override
    public SSLEngine newSSLEngine(InetSocketAddress address) {
      return tls.engine();
    }
  }

  private static final class Http2 {
    static List<ConnectionFactory> factories(HttpConfiguration http) {
      HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
      http2.setMaxConcurrentStreams(STREAMS);
      http2.setConnectProtocolEnabled(false);
      ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", OFFERED_HTTP_1);
      alpn.setDefaultProtocol(HTTP_1);
      return List.of(alpn, http2);
    }
  }
}
