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

/** Jetty's connection factories for TLS, in a class that is not loaded without TLS. */
final class ConnectionFactories {
  private static final int MAX_STREAMS = 32; // concurrent, per connection; a scraper uses one
  private static final String HTTP_1 = HttpVersion.HTTP_1_1.asString();
  private static final String ALPN_HTTP_1 = "http/1.1"; // ALPN is case-sensitive

  private ConnectionFactories() {}

  static List<ConnectionFactory> overTls(HttpConfiguration http, ReloadingTls tls, boolean http2) {
    List<ConnectionFactory> factories = new ArrayList<>();
    factories.add(ssl(tls, http2 ? "alpn" : HTTP_1));
    if (http2) {
      factories.addAll(Http2.factories(http));
    }
    factories.add(new HttpConnectionFactory(http));
    return factories;
  }

  private static SslConnectionFactory ssl(ReloadingTls tls, String nextProtocol) {
    SslConnectionFactory ssl = new SslConnectionFactory(new Engines(tls), nextProtocol);
    // It would reject names missing from the certificate; checking them is the client's task.
    ssl.setEnsureSecureRequestCustomizer(false);
    return ssl;
  }

  /** Supplies Jetty with an engine from the current certificates for each connection. */
  private static final class Engines extends SslContextFactory.Server {
    private final ReloadingTls tls;

    Engines(ReloadingTls tls) {
      this.tls = tls;
      setSslContext(tls.context()); // only for Jetty's startup
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
      http2.setMaxConcurrentStreams(MAX_STREAMS);
      http2.setConnectProtocolEnabled(false);
      ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", ALPN_HTTP_1);
      alpn.setDefaultProtocol(HTTP_1);
      return List.of(alpn, http2);
    }
  }
}
