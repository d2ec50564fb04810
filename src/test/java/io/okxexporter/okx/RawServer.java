package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/** A server that does with each request what a test says, byte by byte, on loopback. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Handler handler;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /** Answers one request, or does worse. */
  interface Handler {
    void handle(Socket socket) throws IOException;
  }

  RawServer(Handler handler) throws IOException {
    this(ServerSocketFactory.getDefault(), handler);
  }

  /**
   * @param sockets makes the listener, for TLS perhaps
   */
  RawServer(ServerSocketFactory sockets, Handler handler) throws IOException {
    this.handler = handler;
    listener = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  static Handler answering(String response) {
    return socket -> socket.getOutputStream().write(response.getBytes(ISO_8859_1));
  }

  URI url() {
    return URI.create(
        (listener instanceof SSLServerSocket ? "https://localhost:" : "http://127.0.0.1:")
            + listener.getLocalPort());
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

  private void serve(Socket socket) {
    try (socket) {
      // What is written has left: nothing waits for the client to have read what came before.
      socket.setTcpNoDelay(true);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        requests.add(head);
        handler.handle(socket);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
