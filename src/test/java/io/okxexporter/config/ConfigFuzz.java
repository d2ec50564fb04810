package io.okxexporter.config;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.fixture.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Any configuration is accepted, or rejected with a report. */
public final class ConfigFuzz {
  private ConfigFuzz() {}

  /** Called by Jazzer, and by the build with the kept inputs. */
  public static void fuzzerTestOneInput(byte[] content) throws IOException {
    Path file = Files.createTempFile("fuzz", ".yml");
    try {
      Files.write(file, content);
      var unused = Configs.load(file);
    } catch (ConfigException e) {
      if (e.problems().isEmpty()
          || String.valueOf(e.getMessage()).lines().count() != e.problems().size()) {
        throw new AssertionError("not a line for each problem", e);
      }
    } finally {
      Files.delete(file);
    }
  }
}
