package io.okxexporter.web;

import io.okxexporter.web.connector.ListenConnector;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;

/**
 * The hosts that requests may name. A web page can have its own server's name resolve to 127.0.0.1,
 * and the browser then attributes this server's responses to that server (DNS rebinding). An IP
 * address or {@code localhost} cannot be such a name.
 */
public final class AllowedHosts {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

  private final Set<String> names;
  private final boolean restrictLoopback;

  private AllowedHosts(Set<String> names, boolean restrictLoopback) {
    this.names = names;
    this.restrictLoopback = restrictLoopback;
  }

  /**
   * Returns the allowed hosts of all listeners.
   *
   * @param names names allowed in addition; if there are any, all listeners are restricted
   * @param isProtected whether a web configuration protects the listeners; if not, those on
   *     loopback are restricted to addresses and {@code localhost}
   */
  public static AllowedHosts of(List<String> names, boolean isProtected) {
    return new AllowedHosts(
        names.stream().map(AllowedHosts::normalized).collect(Collectors.toSet()), !isProtected);
  }

  /** Allows requests without a host, since browsers always name one. */
  boolean allow(Request request) {
    String host = request.getHttpURI().getHost();
    return host == null || !isRestricted(request) || isAllowed(normalized(host));
  }

  private boolean isRestricted(Request request) {
    return !names.isEmpty()
        || (restrictLoopback
            && request.getConnectionMetaData().getConnector() instanceof ListenConnector connector
            && connector.isLoopback());
  }

  private boolean isAllowed(String host) {
    return host.equals("localhost") || ADDRESS.matcher(host).matches() || names.contains(host);
  }

  private static String normalized(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  static PageResponse refusal() {
    return PageResponse.text(
        403,
        "Host not allowed: only IP addresses, localhost and the names given with --web.allowed-host"
            + " are accepted, so that no web page can read balances by DNS rebinding.");
  }
}
