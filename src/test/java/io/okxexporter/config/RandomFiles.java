package io.okxexporter.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever is in a file: it is accepted, or refused in a report. */
abstract class RandomFiles {
  /** What is accepted is looked at as well. */
  abstract void load(Path file) throws ConfigException;

  @Property
  void any_text_is_accepted_or_reported(@ForAll String text) throws IOException {
    check(text);
  }

  @Property
  void any_bytes_are_accepted_or_reported(@ForAll @Size(max = 200) byte[] bytes)
      throws IOException {
    check(bytes);
  }

  void check(String text) throws IOException {
    check(text.getBytes(UTF_8));
  }

  private void check(byte[] content) throws IOException {
    Path file = Files.createTempFile("okx-exporter-test", ".yml");
    try {
      load(Files.write(file, content));
    } catch (ConfigException e) {
      assertThat(e.problems()).isNotEmpty();
      assertThat(String.valueOf(e.getMessage()).lines()).hasSameSizeAs(e.problems());
    } finally {
      Files.delete(file);
    }
  }
}
