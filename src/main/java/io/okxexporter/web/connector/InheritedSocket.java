package io.okxexporter.web.connector;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The socket that systemd has opened for the exporter, as its standard input: Java can take over no
 * other descriptor. When it is closed, Java drops standard error too, so that the last line of the
 * log is missing.
 */
public final class InheritedSocket {
  private InheritedSocket() {}

  /**
   * Returns the address of the inherited socket, or else the given addresses.
   *
   * @throws ConfigException if there are sockets that Java cannot use
   * @throws IOException if standard input cannot be examined
   */
  public static List<InetSocketAddress> addressOr(
      List<InetSocketAddress> addresses, Map<String, String> env)
      throws ConfigException, IOException {
    ServerSocketChannel inherited = channel();
    if (inherited != null) {
      return List.of(tcp(inherited.getLocalAddress()));
    }
    // As in sd_listen_fds: others' variables may have been passed on.
    if (Long.toString(ProcessHandle.current().pid()).equals(env.get("LISTEN_PID"))) {
      String expected =
          "expected StandardInput=socket in the unit of the service, as Java can take over no other"
              + " socket of systemd";
      throw new ConfigException(
          List.of(new Problem("LISTEN_FDS", env.get("LISTEN_FDS"), expected)));
    }
    return addresses;
  }

  private static InetSocketAddress tcp(SocketAddress address) throws ConfigException {
    if (address instanceof InetSocketAddress tcp) {
      return tcp;
    }
    String expected = "expected a TCP socket, such as ListenStream=127.0.0.1:10058";
    throw new ConfigException(List.of(new Problem("standard input", address.toString(), expected)));
  }

  /** Returns the inherited socket if it is bound to this address. */
  static @Nullable ServerSocketChannel at(InetSocketAddress address) throws IOException {
    ServerSocketChannel inherited = channel();
    return inherited != null && address.equals(inherited.getLocalAddress()) ? inherited : null;
  }

  private static @Nullable ServerSocketChannel channel() throws IOException {
    return System.inheritedChannel() instanceof ServerSocketChannel socket ? socket : null;
  }
}
