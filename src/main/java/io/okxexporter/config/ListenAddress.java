package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a server listens, as Prometheus writes it: {@code host:port}, or {@code :port} for all. */
public final class ListenAddress {
  private static final String EXPECTED = "expected host:port, [IPv6 address]:port or :port";

  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?<host>[A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?]):(?<port>\\d{1,5})");

  private ListenAddress() {}

  /** Port 0 is any free port; a host that cannot be found stays unresolved. */
  public static InetSocketAddress parse(String text) throws InvalidValueException {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > 65535) {
      throw new InvalidValueException(EXPECTED);
    }
    int port = Integer.parseInt(matcher.group("port"));
    String host = matcher.group("host");
    return host.isEmpty() ? new InetSocketAddress(port) : address(host, port);
  }

  private static InetSocketAddress address(String host, int port) throws InvalidValueException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (host.startsWith("[") && address.isUnresolved()) {
      throw new InvalidValueException(EXPECTED);
    }
    return address;
  }

  /** As it may be written: with the host by the name it was given. */
  public static String format(InetSocketAddress address) {
    String host = isEvery(address) ? "" : address.getHostString();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** The same for a URL, which cannot do without a host. */
  public static String authority(InetSocketAddress address) {
    return (isEvery(address) ? "0.0.0.0" : "") + format(address);
  }

  /** Whether two listeners cannot have these at once; for a free port they always can. */
  public static boolean clash(InetSocketAddress one, InetSocketAddress other) {
    return one.getPort() != 0
        && one.getPort() == other.getPort()
        && (one.equals(other) || isEvery(one) || isEvery(other));
  }

  private static boolean isEvery(InetSocketAddress address) {
    return !address.isUnresolved() && address.getAddress().isAnyLocalAddress();
  }

  /** An address that only this machine reaches. */
  public static InetSocketAddress parseLoopback(String text) throws InvalidValueException {
    InetSocketAddress address = parse(text);
    if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
      throw new InvalidValueException("expected a loopback address, such as 127.0.0.1:10059");
    }
    return address;
  }
}
