package io.okxexporter.web.config;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.file.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Any web configuration is accepted, or rejected with a report. */
public final class WebConfigFuzz {
  private WebConfigFuzz() {}

  /** Called by Jazzer, and by the build with the kept inputs. */
  public static void fuzzerTestOneInput(byte[] content) throws IOException {
    Path file = Files.createTempFile("fuzz", ".yml");
    try {
      Files.write(file, content);
      var unused = WebConfigLoader.load(file, new TestFiles());
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
