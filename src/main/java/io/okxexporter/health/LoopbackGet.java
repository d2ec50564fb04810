package io.okxexporter.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A GET request of this machine to itself. It uses a plain socket because loading an HTTP client
 * would take most of a health check's time and memory.
 */
public final class LoopbackGet {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 5_000;
  private static final int MAX_BYTES = 64 << 20;

  private LoopbackGet() {}

  /** Wraps a connected socket in another protocol, such as TLS. */
  @FunctionalInterface
  public interface Layer {
    /** Returns the socket to use instead. */
    Socket over(Socket connected) throws IOException;
  }

  /**
   * Returns the whole response with its status line and headers; empty if there is none.
   *
   * @param address a wildcard address means loopback
   */
  public static String get(InetSocketAddress address, String path) throws IOException {
    return get(address, path, connected -> connected);
  }

  /**
   * Returns the whole response like {@link #get(InetSocketAddress, String)}, over another protocol
   * than plain TCP.
   *
   * @param layer the protocol beneath HTTP
   */
  public static String get(InetSocketAddress address, String path, Layer layer) throws IOException {
    try (Socket connected = new Socket()) {
      connected.connect(reachable(address), CONNECT_MILLIS);
      connected.setSoTimeout(READ_MILLIS);
      try (Socket socket = layer.over(connected)) {
        socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(UTF_8));
        return new String(socket.getInputStream().readNBytes(MAX_BYTES), UTF_8);
      }
    }
  }

  /** The first line of a response; empty if there is none. */
  public static String statusLine(String response) {
    return response.lines().findFirst().orElse("");
  }

  /** The address at which a server that listens on the given address can be reached. */
  public static InetSocketAddress reachable(InetSocketAddress address) {
    return address.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
        : address;
  }
}
