package io.okxexporter.web.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.file.NamedPipes;
import io.okxexporter.file.TestFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebConfigFileTest {
  private final TestFiles files = new TestFiles();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = Files.writeString(folder.resolve("web.yml"), "http_server_config: {http2: false}");
  }

  @Test
  void a_file_that_hangs_is_broken_in_the_same_words_until_it_is_back() throws Exception {
    WebConfigFile web = new WebConfigFile(file, files);
    files.hanging.add(file);
    for (int i = 0; i < 3; i++) {
      assertBroken(web, "reading it timed out after 5 s");
    }
    files.hanging.clear();
    assertThat(web.now().http2()).isFalse();
  }

  @Test
  void a_pipe_is_none_neither_at_the_start_nor_later() throws Exception {
    WebConfigFile web = new WebConfigFile(file, files);
    Files.delete(file);
    NamedPipes.make(file);
    assertBroken(web, "expected a regular file");
    assertThatThrownBy(() -> new WebConfigFile(file, files))
        .hasMessageContaining("expected a regular file");
  }

  private static void assertBroken(WebConfigFile web, String why) {
    assertThatThrownBy(web::now)
        .isInstanceOf(InvalidWebConfigException.class)
        .hasMessageStartingWith("--web.config.file: \"")
        .hasMessageContaining(why);
  }
}
