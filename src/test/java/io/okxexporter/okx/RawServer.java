package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A server that does with each request what a test says, byte by byte, on loopback. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Way way;
  private final @Nullable SSLContext tls;
  private final Handler handler;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile @Nullable Connection newest;

  /** How it is reached; through a tunnel, it is also the proxy that makes it. */
  enum Way {
    PLAIN,
    TLS,
    TUNNEL
  }

  /**
   * A connection that was accepted.
   *
   * @param raw beneath TLS
   * @param socket what requests come over: the same without TLS
   */
  record Connection(Socket raw, Socket socket) {}

  /** Answers one request, or does worse. */
  interface Handler {
    void handle(Socket socket) throws IOException;
  }

  RawServer(Handler handler) throws IOException {
    this(Way.PLAIN, null, handler);
  }

  /**
   * @param tls its certificate, null without
   */
  RawServer(Way way, @Nullable SSLContext tls, Handler handler) throws IOException {
    this.way = way;
    this.tls = tls;
    this.handler = handler;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  static Handler answering(String response) {
    return socket -> socket.getOutputStream().write(response.getBytes(ISO_8859_1));
  }

  URI url() {
    return URI.create(
        (way == Way.PLAIN ? "http://127.0.0.1:" : "https://localhost:") + listener.getLocalPort());
  }

  /** Through which proxy to reach it. */
  Proxy proxy() {
    return way == Way.TUNNEL
        ? new Proxy(Proxy.Type.HTTP, listener.getLocalSocketAddress())
        : Proxy.NO_PROXY;
  }

  /** The connection that was made last. */
  Connection newest() {
    return Objects.requireNonNull(newest);
  }

  /** How many connections it has accepted. */
  int connections() {
    return connections.get();
  }

  /** The heads of the requests that arrived. */
  List<String> requests() {
    return requests;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket raw) {
    try (raw) {
      // What is written has left: nothing waits for the client to have read what came before.
      raw.setTcpNoDelay(true);
      if (way == Way.TUNNEL) {
        String connect = head(reader(raw));
        raw.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
        if (!connect.startsWith("CONNECT ")) {
          throw new IOException("not through a tunnel: " + connect);
        }
      }
      Socket socket = secured(raw);
      newest = new Connection(raw, socket);
      BufferedReader in = reader(socket);
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        requests.add(head);
        handler.handle(socket);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Socket secured(Socket raw) throws IOException {
    if (tls == null) {
      return raw;
    }
    SSLSocket secured =
        (SSLSocket) tls.getSocketFactory().createSocket(raw, (InputStream) null, true);
    secured.startHandshake();
    return secured;
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
  }

  private static String head(BufferedReader in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      head.append(line).append('\n');
    }
    return head.toString();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    // A connection that breaks is what the tests are about.
    thread.setUncaughtExceptionHandler((t, e) -> {});
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
