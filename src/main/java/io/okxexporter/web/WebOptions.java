package io.okxexporter.web;

import io.okxexporter.file.FileAccess;
import io.okxexporter.web.config.WebSettingsSource;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where and for whom to serve.
 *
 * @param settings the web configuration
 * @param hosts that requests may be for
 * @param files reads the certificates
 * @param maxRequests scrapes in progress at once, 0 for any number
 * @param reload what {@code POST /-/reload} does, null if that is not enabled
 * @param shown what {@code /config} shows beside the configuration, without secrets
 */
public record WebOptions(
    List<InetSocketAddress> addresses,
    String telemetryPath,
    WebSettingsSource settings,
    AllowedHosts hosts,
    FileAccess files,
    int maxRequests,
    @Nullable ReloadAction reload,
    Supplier<Map<String, String>> shown) {
  /** These settings, and behind them what there is beside them. */
  public Map<String, String> shownBehind(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putAll(shown.get());
    return all;
  }
}
