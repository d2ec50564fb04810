package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.fixture.Configs;
import io.okxexporter.fixture.RefusedFiles;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BadFilesTest extends RefusedFiles {
  BadFilesTest() throws URISyntaxException {
    super("bad");
  }

  @Override
  protected void load(Path file) throws ConfigException {
    Configs.load(file);
  }

  @Test
  void a_file_that_does_not_exist_is_refused() {
    assertThat(refusal(Path.of("nowhere", "okx.yml")))
        .hasMessage(
            "--config.file: \"nowhere/okx.yml\": expected a readable file, but it does not exist");
  }

  @Test
  void a_directory_is_refused() {
    assertThat(refusal(Path.of("/")))
        .hasMessage("--config.file: \"/\": expected a file, but it is a directory");
  }
}
