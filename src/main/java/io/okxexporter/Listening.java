package io.okxexporter;

import io.okxexporter.model.WebSettings;
import io.okxexporter.web.CurrentSettings;
import io.okxexporter.web.Reload;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and for whom to serve.
 *
 * @param settings the web configuration
 * @param maxRequests scrapes in progress at once, 0 for any number
 * @param reload what {@code POST /-/reload} does, null if that is not enabled
 */
public record Listening(
    List<InetSocketAddress> addresses,
    String telemetryPath,
    CurrentSettings settings,
    int maxRequests,
    @Nullable Reload reload) {
  /** Plain HTTP for everybody. */
  public static Listening plain(InetSocketAddress address) {
    return new Listening(List.of(address), "/metrics", () -> WebSettings.NONE, 0, null);
  }
}
