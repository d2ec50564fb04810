package io.okxexporter.web;

import io.okxexporter.config.cli.Flags;
import io.okxexporter.file.FileAccess;
import io.okxexporter.web.config.InvalidWebConfigException;
import io.okxexporter.web.config.WebConfigSummary;
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
  /**
   * Returns those that the flags and the web configuration set.
   *
   * @param addresses the listen addresses, which need not be those of the flags
   * @param reload the action of {@code POST /-/reload}, if enabled
   */
  public static WebOptions of(
      List<InetSocketAddress> addresses,
      Flags flags,
      WebSettingsSource settings,
      FileAccess files,
      ReloadAction reload,
      Supplier<String> restartNotice) {
    return new WebOptions(
        addresses,
        flags.telemetryPath(),
        settings,
        AllowedHosts.of(flags.allowedHosts(), flags.webConfigFile() != null),
        files,
        flags.maxRequests(),
        flags.enableLifecycle() ? reload : null,
        () -> shown(flags, settings),
        restartNotice);
  }

  private static Map<String, String> shown(Flags flags, WebSettingsSource settings) {
    Map<String, String> shown = flags.effective();
    try {
      shown.putAll(WebConfigSummary.of(settings.now()));
    } catch (InvalidWebConfigException e) {
      shown.put("--web.config.file", "invalid, see the log");
    }
    return shown;
  }

  /** Returns the settings followed by what else is shown. */
  public Map<String, String> shownAfter(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putAll(shown.get());
    return all;
  }
}
