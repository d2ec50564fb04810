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
 * Listen addresses and access options of the web server.
 *
 * @param settings the web configuration
 * @param hosts the hosts that requests may name
 * @param files reads the certificates
 * @param maxRequests the most scrapes in progress at once, 0 for no limit
 * @param reload the action of {@code POST /-/reload}, null if not enabled
 * @param shown what {@code /config} shows after the configuration, without secrets
 * @param restartNotice which credentials need a restart after a change; empty if none
 */
public record WebOptions(
    List<InetSocketAddress> addresses,
    String telemetryPath,
    WebSettingsSource settings,
    AllowedHosts hosts,
    FileAccess files,
    int maxRequests,
    @Nullable ReloadAction reload,
    Supplier<Map<String, String>> shown,
    Supplier<String> restartNotice) {
  /** Returns the settings followed by what else is shown. */
  public Map<String, String> shownAfter(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putAll(shown.get());
    return all;
  }
}
