package io.okxexporter.web.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.config.Config;
import io.okxexporter.config.cli.Flags;
import io.okxexporter.file.NamedPipes;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import io.okxexporter.fixture.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  @Test
  void warnings_join_those_of_the_configuration_and_are_logged_after_a_change() throws Exception {
    String pair = "cert_file: server.crt, key_file: server.key";
    Issued issued = Authority.selfSigned("dns:localhost");
    Files.writeString(folder.resolve("server.crt"), issued.certificatePem());
    Files.writeString(folder.resolve("server.key"), issued.keyPem());
    Files.writeString(file, "tls_server_config: {%s}".formatted(pair));
    Config config = Config.defaults(List.of()).withWarnings(List.of("one"));
    Flags flags = Flags.parse("--web.config.file=" + file);
    LoadedConfigs configs = LoadedConfigs.with(config, flags, files);
    assertThat(configs.config().warnings()).containsExactly("one");
    Files.writeString(
        file, "tls_server_config: {%s, client_auth_type: VerifyClientCertIfGiven}".formatted(pair));
    try (CapturedLog log = new CapturedLog()) {
      WebSettings settings = configs.web().now();
      assertThat(settings.warnings()).hasSize(1);
      assertThat(configs.web().now()).isEqualTo(settings);
      assertThat(log.text())
          .containsOnlyOnce("level=warn component=web msg=\"" + settings.warnings().get(0));
      assertThat(LoadedConfigs.with(config, flags, files).config().warnings())
          .containsExactly("one", settings.warnings().get(0));
    }
  }

  private static void assertBroken(WebConfigFile web, String why) {
    assertThatThrownBy(web::now)
        .isInstanceOf(InvalidWebConfigException.class)
        .hasMessageStartingWith("--web.config.file: \"")
        .hasMessageContaining(why);
  }
}
