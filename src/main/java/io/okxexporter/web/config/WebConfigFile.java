package io.okxexporter.web.config;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.file.FileAccess;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web configuration file; its stamp is checked on each request, and it is read again once
 * changed.
 */
final class WebConfigFile implements WebSettingsSource {
  private static final Logger LOG = LoggerFactory.getLogger(WebConfigFile.class);

  private final Path file;
  private final FileAccess files;
  private String seen;
  private WebSettings settings;
  private @Nullable String problems;

  /**
   * @throws ConfigException with every problem
   */
  WebConfigFile(Path file, FileAccess files) throws ConfigException {
    this.file = file;
    this.files = files;
    seen = files.stamp(file);
    settings = WebConfigLoader.load(file, files);
  }

  /** Returns likely mistakes that are allowed, as last read. */
  synchronized List<String> warnings() {
    return settings.warnings();
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
      settings.warnings().forEach(LOG::warn);
    } catch (ConfigException e) {
      problems = e.getMessage();
      seen = ""; // reads again next time, as the cause may pass without a change of the file
    }
  }
}
