package io.okxexporter.web.config;

import io.okxexporter.config.Config;
import io.okxexporter.config.ConfigSource;
import io.okxexporter.config.cli.Flags;
import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.file.FileAccess;
import java.util.List;
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
    return with(config, flags, files);
  }

  /** Reads the web configuration alone; its warnings join those of the configuration. */
  public static LoadedConfigs with(Config config, Flags flags, FileAccess files)
      throws ConfigException {
    if (flags.webConfigFile() == null) {
      return new LoadedConfigs(config, () -> WebSettings.NONE);
    }
    WebConfigFile web = new WebConfigFile(flags.webConfigFile(), files);
    return new LoadedConfigs(config.withWarnings(web.warnings()), web);
  }

  private static ConfigException withWebProblems(
      ConfigException refusal, Flags flags, FileAccess files) {
    try {
      var unused = with(Config.defaults(List.of()), flags, files);
      return refusal;
    } catch (ConfigException e) {
      return new ConfigException(
          Stream.of(refusal, e).flatMap(each -> each.problems().stream()).toList());
    }
  }
}
