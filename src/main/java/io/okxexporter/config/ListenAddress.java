package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import java.net.InetSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses and formats listen addresses in Prometheus's syntax: {@code host:port}, or {@code :port}
 * for all interfaces.
 */
public final class ListenAddress {
  private static final String EXPECTED = "expected host:port, [IPv6 address]:port or :port";

  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?<host>[A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?]):(?<port>\\d{1,5})");

  private ListenAddress() {}

  /** Parses an address; port 0 is any free port, and an unknown host stays unresolved. */
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

  /** Formats an address in the same syntax, with the host as given. */
  public static String format(InetSocketAddress address) {
    String host = isWildcard(address) ? "" : address.getHostString();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** Formats an address for a URL, which requires a host. */
  public static String authority(InetSocketAddress address) {
    return (isWildcard(address) ? "0.0.0.0" : "") + format(address);
  }

  /**
   * States why nothing can listen on an address, and the remedy, which is the same for all causes.
   *
   * @param flag sets the address
   */
  public static String failure(InetSocketAddress address, Exception failure, String flag) {
    return failure(address, cause(failure), flag);
  }

  /** As above, with the cause in words. */
  public static String failure(InetSocketAddress address, String cause, String flag) {
    return "cannot listen on "
        + format(address)
        + ": "
        + cause
        + ". If another program listens there, stop it; else choose an address and port that this"
        + " machine has and this account may use, with "
        + flag;
  }

  private static String cause(Throwable failure) {
    if (failure.getCause() != null) {
      return cause(failure.getCause());
    }
    if (failure instanceof UnsupportedAddressTypeException) {
      return "IPv6 is not available";
    }
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
  }

  /** Whether two listeners cannot use these addresses at once; never true for port 0. */
  public static boolean clash(InetSocketAddress one, InetSocketAddress other) {
    return one.getPort() != 0
        && one.getPort() == other.getPort()
        && (one.equals(other) || isWildcard(one) || isWildcard(other));
  }

  private static boolean isWildcard(InetSocketAddress address) {
    return !address.isUnresolved() && address.getAddress().isAnyLocalAddress();
  }

  /** Parses an address that only this machine can reach. */
  public static InetSocketAddress parseLoopback(String text) throws InvalidValueException {
    InetSocketAddress address = parse(text);
    if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
      throw new InvalidValueException("expected a loopback address, such as 127.0.0.1:10059");
    }
    return address;
  }
}
