package io.okxexporter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A request of this machine to itself, written by hand: no HTTP client has to be loaded for it,
 * which is most of the time and memory of {@link Healthy}.
 */
final class OneRequest {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 5_000;

  private OneRequest() {}

  /**
   * The first line of the answer, after all of it came; empty if there is none.
   *
   * @param address the wildcard stands for loopback
   */
  static String get(InetSocketAddress address, String path) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(reachable(address), CONNECT_MILLIS);
      socket.setSoTimeout(READ_MILLIS);
      socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      return answer.lines().findFirst().orElse("");
    }
  }

  private static InetSocketAddress reachable(InetSocketAddress address) {
    return address.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
        : address;
  }
}
