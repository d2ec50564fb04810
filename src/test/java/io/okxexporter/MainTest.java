package io.okxexporter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.cli.ExitCode;
import io.okxexporter.file.TestFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private static final String USERS =
      "users: [{name: main, ccys: [USDT], api_key: k, secret_key: s, passphrase: p%s}]";
  private static final String WEB = "http_server_config: {http2: %s}";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private final TestFiles files = new TestFiles();

  @TempDir private Path folder;

  @Test
  void a_good_configuration_is_called_valid() throws IOException {
    assertThat(check(String.format(USERS, ""), String.format(WEB, "true")))
        .isEqualTo(ExitCode.DONE);
    assertThat(out.toString(UTF_8)).isEqualTo("The configuration is valid.\n");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void the_problems_of_both_files_are_told_at_once() throws IOException {
    assertThat(check(String.format(USERS, ", region: mars"), String.format(WEB, "maybe")))
        .isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err.toString(UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("okx-exporter: invalid configuration"),
            line -> assertThat(line).startsWith("users[0].region: \"mars\": expected "),
            line -> assertThat(line).startsWith("http_server_config.http2: \"maybe\": expected "));
  }

  @Test
  void those_of_the_web_alone_are_enough() throws IOException {
    assertThat(check(String.format(USERS, ""), String.format(WEB, "maybe")))
        .isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err.toString(UTF_8).lines()).hasSize(2);
  }

  @Test
  void files_that_hang_are_told() throws IOException {
    files.hanging.add(folder.resolve("okx.yml"));
    files.hanging.add(folder.resolve("web.yml"));
    assertThat(check("", "")).isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err.toString(UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("okx-exporter: invalid configuration"),
            line -> assertThat(line).startsWith("--config.file: ").endsWith("timed out after 5 s"),
            line ->
                assertThat(line).startsWith("--web.config.file: ").endsWith("timed out after 5 s"));
  }

  private int check(String users, String web) throws IOException {
    return new Main(
            Map.of(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            () -> files)
        .run(
            "--config.check",
            "--config.file=" + Files.writeString(folder.resolve("okx.yml"), users),
            "--web.config.file=" + Files.writeString(folder.resolve("web.yml"), web));
  }
}
