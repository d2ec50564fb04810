package io.okxexporter.web;

import io.okxexporter.web.connector.ListenConnector;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;

/**
 * Which hosts a request may be for. A web page can have the name of its own server resolve to
 * 127.0.0.1, and the browser then takes our answers for that server's (DNS rebinding); an address
 * or {@code localhost} is no such name.
 */
public final class AllowedHosts {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

  private final Set<String> named;
  private final boolean onLoopback;

  private AllowedHosts(Set<String> named, boolean onLoopback) {
    this.named = named;
    this.onLoopback = onLoopback;
  }

  /**
   * Those of all listeners.
   *
   * @param named names that are allowed as well; where there is one, on every listener only these
   * @param isProtected whether a web configuration protects the listeners; if not, those on
   *     loopback are held to addresses and {@code localhost}
   */
  public static AllowedHosts of(List<String> named, boolean isProtected) {
    return new AllowedHosts(
        named.stream().map(AllowedHosts::plain).collect(Collectors.toSet()), !isProtected);
  }

  /** Browsers always say which host they want, so a client that does not is let through. */
  boolean allow(Request request) {
    String host = request.getHttpURI().getHost();
    return host == null || !isHeldTo(request) || isAllowed(plain(host));
  }

  private boolean isHeldTo(Request request) {
    return !named.isEmpty()
        || (onLoopback
            && request.getConnectionMetaData().getConnector() instanceof ListenConnector port
            && port.isLoopback());
  }

  private boolean isAllowed(String host) {
    return host.equals("localhost") || ADDRESS.matcher(host).matches() || named.contains(host);
  }

  private static String plain(String host) {
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
