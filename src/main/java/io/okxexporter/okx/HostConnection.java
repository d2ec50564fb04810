package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.okxexporter.model.Clock;
import io.okxexporter.model.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One connection to a host: name, address, perhaps a proxy, perhaps TLS, and nothing else. */
final class HostConnection {
  private static final int MAX_PROXY_ANSWER = 16 * 1024;

  private final URI host;
  private final @Nullable URI proxyUrl;
  private final Clock clock;
  private final long deadline;
  private final SSLSocketFactory tls;
  private final Map<String, Duration> took = new LinkedHashMap<>();

  private volatile String part = "DNS";
  private volatile @Nullable Socket socket;
  private volatile boolean closed;

  HostConnection(
      URI host, @Nullable URI proxyUrl, Clock clock, Duration timeout, SSLSocketFactory tls) {
    this.host = host;
    this.proxyUrl = proxyUrl;
    this.clock = clock;
    this.deadline = clock.nanoTime() + timeout.toNanos();
    this.tls = tls;
  }

  /** A step on the way. */
  private interface Part<T> {
    T run() throws IOException;
  }

  /** Which part of the way it is at. */
  String part() {
    return part;
  }

  /** Goes the whole way, and tells how far it came. */
  Reach open() {
    try {
      URI first = proxyUrl == null ? host : proxyUrl;
      InetAddress[] addresses = timed("DNS", () -> InetAddress.getAllByName(name(first)));
      Socket connected = timed("TCP", () -> connect(addresses, port(first)));
      if (secure()) {
        timed("TLS", () -> handshake(connected));
      }
      return new Reach.Reached(took);
    } catch (IOException e) {
      return new Reach.Unreached(part, HostFaults.of(e), HostFaults.describe(e));
    }
  }

  private <T> T timed(String name, Part<T> task) throws IOException {
    part = name;
    long started = clock.nanoTime();
    T result = task.run();
    took.put(name, Duration.ofNanos(clock.nanoTime() - started));
    return result;
  }

  /** The first address that answers, as OkHttp has it; a proxy is asked for the host, too. */
  private Socket connect(InetAddress[] addresses, int port) throws IOException {
    IOException last = new ConnectException("no address");
    for (InetAddress address : addresses) {
      try {
        Socket connected = keep(new Socket());
        connected.connect(new InetSocketAddress(address, port), remainingMillis());
        if (proxyUrl != null && secure()) {
          connectThroughProxy(connected);
        }
        return connected;
      } catch (HostFaults.ProxyException e) {
        throw e;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private void connectThroughProxy(Socket connected) throws IOException {
    String target = name(host) + ":" + port(host);
    connected.setSoTimeout(remainingMillis());
    connected
        .getOutputStream()
        .write(
            ("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n")
                .getBytes(ISO_8859_1));
    String answer = head(connected.getInputStream());
    if (!answer.matches("(?s)HTTP/1\\.[01] 2\\d\\d\\b.*")) {
      throw new HostFaults.ProxyException(answer.lines().findFirst().orElse("no answer"));
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0 && head.length() < MAX_PROXY_ANSWER) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private Socket handshake(Socket connected) throws IOException {
    SSLSocket secured = (SSLSocket) keep(tls.createSocket(connected, name(host), port(host), true));
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.setSoTimeout(remainingMillis());
    secured.startHandshake();
    return secured;
  }

  private int remainingMillis() throws IOException {
    long millis = Duration.ofNanos(deadline - clock.nanoTime()).toMillis();
    if (millis <= 0) {
      throw new SocketTimeoutException("out of time");
    }
    return (int) millis;
  }

  /** So that {@link #close()} ends whatever waits on it. */
  private Socket keep(Socket opened) throws IOException {
    Socket before = socket;
    socket = opened;
    if (before != null && !(opened instanceof SSLSocket)) {
      before.close();
    }
    if (closed) {
      opened.close();
    }
    return opened;
  }

  /** Hangs up, from any thread. */
  void close() {
    closed = true;
    Socket open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // it was of no use any more
      }
    }
  }

  private boolean secure() {
    return "https".equals(host.getScheme());
  }

  private static String name(URI url) {
    return url.getHost();
  }

  private static int port(URI url) {
    if (url.getPort() != -1) {
      return url.getPort();
    }
    return "https".equals(url.getScheme()) ? 443 : 80;
  }
}
