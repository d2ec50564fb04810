package io.okxexporter.web.config;

import io.okxexporter.config.Config;
import io.okxexporter.config.ConfigSource;
import io.okxexporter.config.cli.Flags;
import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.file.FileAccess;
import java.util.stream.Stream;

/** The configuration and the web configuration, read together. */
public record LoadedConfigs(Config config, WebSettingsSource web) {
  /**
   * Reads both, and reports their problems together.
   *
   * @param files reads the web configuration
   */
  public static LoadedConfigs load(ConfigSource source, Flags flags, FileAccess files)
      throws ConfigException {
    Config config;
    try {
      config = source.load();
    } catch (ConfigException e) {
      throw withWebProblems(e, flags, files);
    }
    return new LoadedConfigs(config, web(flags, files));
  }

  private static ConfigException withWebProblems(
      ConfigException refusal, Flags flags, FileAccess files) {
    try {
      var unused = web(flags, files);
      return refusal;
    } catch (ConfigException e) {
      return new ConfigException(
          Stream.of(refusal, e).flatMap(each -> each.problems().stream()).toList());
    }
  }

  /** Reads the web configuration alone, for the simulated exchange. */
  public static WebSettingsSource web(Flags flags, FileAccess files) throws ConfigException {
    return flags.webConfigFile() == null
        ? () -> WebSettings.NONE
        : new WebConfigFile(flags.webConfigFile(), files);
  }
}
