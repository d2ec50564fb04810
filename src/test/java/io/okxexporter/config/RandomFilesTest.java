package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.fixture.Configs;
import io.okxexporter.fixture.RandomFiles;
import java.io.IOException;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random files as configurations. */
class RandomFilesTest extends RandomFiles {
  @Override
  protected void load(Path file) throws ConfigException {
    assertThat(Configs.load(file).users()).isNotEmpty();
  }

  @Property
  void pieces_of_yaml_are_accepted_or_reported(@ForAll("yaml") String text) throws IOException {
    check(text);
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
}
