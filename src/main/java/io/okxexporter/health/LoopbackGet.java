package io.okxexporter.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A request of this machine to itself, written by hand: no HTTP client has to be loaded for it,
 * which is most of the time and memory of a health check.
 */
public final class LoopbackGet {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 5_000;
  private static final int MAX_BYTES = 64 << 20;

  private LoopbackGet() {}

  /** Makes a connected socket speak something else, such as TLS. */
  @FunctionalInterface
  public interface Layer {
    /** The socket to use from then on. */
    Socket over(Socket connected) throws IOException;
  }

  /**
   * The whole answer, status line and headers included; empty if there is none.
   *
   * @param address the wildcard stands for loopback
   */
  public static String get(InetSocketAddress address, String path) throws IOException {
    return get(address, path, connected -> connected);
  }

  /**
   * The same over something else than plain TCP.
   *
   * @param layer what to speak beneath HTTP
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

  /** The first line of an answer; empty if there is none. */
  public static String statusLine(String answer) {
    return answer.lines().findFirst().orElse("");
  }

  /** Where something that listens there can be reached from here. */
  public static InetSocketAddress reachable(InetSocketAddress address) {
    return address.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
        : address;
  }
}
