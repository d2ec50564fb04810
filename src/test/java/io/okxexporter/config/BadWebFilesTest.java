package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.file.TestFiles;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BadWebFilesTest extends RefusedFiles {
  BadWebFilesTest() throws URISyntaxException {
    super("web/bad");
  }

  @Override
  void load(Path file) throws ConfigException {
    TestFiles files = new TestFiles();
    PemReader pems = PemReader.opening(WebConfigLoader.folder(file), files);
    WebConfigLoader.load(file, files, pems, Javas.JAVA_17);
  }

  @Test
  void a_web_configuration_that_does_not_exist_is_refused() {
    assertThat(refusal(Path.of("nowhere", "web.yml")))
        .hasMessage(
            "--web.config.file: \"nowhere/web.yml\": expected a readable file, but there is none");
  }
}
