package io.okxexporter.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever is in a file: it is accepted, or refused in a report. */
class RandomFilesTest {
  @Property
  void pieces_of_yaml_are_accepted_or_reported(@ForAll("yaml") String text) throws IOException {
    check(text.getBytes(UTF_8));
  }

  @Property
  void any_text_is_accepted_or_reported(@ForAll String text) throws IOException {
    check(text.getBytes(UTF_8));
  }

  @Property
  void any_bytes_are_accepted_or_reported(@ForAll @Size(max = 200) byte[] bytes)
      throws IOException {
    check(bytes);
  }

  @Provide
  Arbitrary<String> yaml() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "users",
            ":",
            ": ",
            "\n",
            "\n  ",
            "\n    ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "name",
            "region",
            "ccys",
            "api_key",
            "secret_key",
            "passphrase_file",
            "demo",
            "stale_after",
            "poll_interval",
            "\"",
            "'",
            "|\n",
            ">",
            "&a ",
            "*a",
            "!!int ",
            "!",
            "!!binary ",
            "<<: ",
            "? ",
            "# ",
            "---\n",
            "...\n",
            "%YAML 1.2\n",
            "true",
            "null",
            "~",
            "15s",
            "1e9",
            "0x",
            "0b",
            "-",
            "+",
            "1_",
            ".",
            "\\u",
            "\\x",
            "\ud83d\ude00",
            "\t",
            "\u0001",
            "@",
            "`");
    return piece.list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  private static void check(byte[] content) throws IOException {
    Path file = Files.createTempFile("okx-exporter-test", ".yml");
    try {
      Files.write(file, content);
      assertThat(Configs.load(file).users()).isNotEmpty();
    } catch (ConfigException e) {
      assertThat(e.problems()).isNotEmpty();
      assertThat(String.valueOf(e.getMessage()).lines()).hasSameSizeAs(e.problems());
    } finally {
      Files.delete(file);
    }
  }
}
