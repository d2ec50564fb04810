package io.okxexporter.web.config;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.file.FileAccess;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The web configuration file: looked at for each request, read again when it has changed. */
final class WebConfigFile implements WebSettingsSource {
  private final Path file;
  private final FileAccess files;
  private String seen;
  private WebSettings settings;
  private @Nullable String problems;

  /**
   * @throws ConfigException all that is wrong with it
   */
  WebConfigFile(Path file, FileAccess files) throws ConfigException {
    this.file = file;
    this.files = files;
    seen = files.stamp(file);
    settings = WebConfigLoader.load(file, files);
  }

  @Override
  public synchronized WebSettings now() throws InvalidWebConfigException {
    String now = files.stamp(file);
    if (!now.equals(seen)) {
      seen = now;
      read();
    }
    if (problems != null) {
      throw new InvalidWebConfigException(problems);
    }
    return settings;
  }

  private void read() {
    try {
      settings = WebConfigLoader.reload(file, files);
      problems = null;
    } catch (ConfigException e) {
      problems = e.getMessage();
      seen = ""; // it may work the next time though the file has not changed
    }
  }
}
