package io.okxexporter.web;

import io.okxexporter.config.ListenAddress;
import io.okxexporter.config.cli.Flags;
import io.okxexporter.web.config.InvalidWebConfigException;
import io.okxexporter.web.config.WebSettingsSource;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs at startup who can read the balances, which are private. */
public final class ExposureNotice {
  private static final Logger log = LoggerFactory.getLogger(ExposureNotice.class);

  private ExposureNotice() {}

  /**
   * Logs the listen addresses and who can reach them.
   *
   * @param addresses the listen addresses with their actual ports
   */
  public static void log(
      Flags flags, WebSettingsSource settings, List<InetSocketAddress> addresses) {
    String urls =
        addresses.stream()
            .map(address -> origin(address, settings) + flags.telemetryPath())
            .collect(Collectors.joining(" "));
    boolean loopback =
        addresses.stream().allMatch(address -> address.getAddress().isLoopbackAddress());
    if (flags.webConfigFile() != null) {
      log.atInfo()
          .addKeyValue("url", urls)
          .log("serving metrics as configured by --web.config.file");
    } else if (loopback) {
      log.atInfo()
          .addKeyValue("url", urls)
          .log("serving metrics to this machine only; --web.listen-address opens them to others");
    } else {
      log.atWarn()
          .addKeyValue("url", urls)
          .log(
              "serving metrics unencrypted and without a password: anyone who reaches this address"
                  + " can read the balances");
    }
  }

  /** Scheme, host and port of a listen address, as a client writes them. */
  static String origin(InetSocketAddress address, WebSettingsSource settings) {
    return (isTls(settings) ? "https://" : "http://") + ListenAddress.authority(address);
  }

  private static boolean isTls(WebSettingsSource settings) {
    try {
      return settings.now().tls() != null;
    } catch (InvalidWebConfigException e) {
      return false;
    }
  }
}
