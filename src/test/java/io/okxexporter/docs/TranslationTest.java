package io.okxexporter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Chinese README matches README: the same commands, tables, numbers, links and pictures. */
class TranslationTest {
  private static final Path ENGLISH = Path.of("README.md");
  private static final Path CHINESE = Path.of("docs/README.zh-CN.md");

  private final Outline english = read(ENGLISH);
  private final Outline chinese = read(CHINESE);

  TranslationTest() throws IOException {}

  @Test
  void it_has_every_block_of_the_original() {
    assertThat(blocks(chinese)).containsExactlyElementsOf(blocks(english));
  }

  /** The blocks of a page; each page's link to the other is treated as the same. */
  private static List<String> blocks(Outline page) {
    return page.blocks().stream()
        .map(block -> block.equals("[" + CHINESE + "]") ? "[" + ENGLISH + "]" : block)
        .toList();
  }

  @Test
  void nothing_is_left_in_english() {
    assertThat(chinese.english()).isEmpty();
    assertThat(english.english()).hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "'(?m)^## .*' -> ''",
        "'(?m)^## ' -> '### '",
        "'mvnw compile' -> 'mvnw test'",
        "'cat >/etc' -> 'cat /etc'",
        "'(?m)^[|] `eea` .*\\n' -> ''",
        "'[|] `eea` [|]' -> '| `us` |'",
        "'(?m)^([|] `us`.*)' -> '$1 |'",
        "'`okx_up`' -> '`okx_down`'",
        "'`openapi.okx.com`' -> '`www.okx.com`'",
        "'(?m)^- .*\\n' -> ''",
        "'[(]#[^)]+[)]' -> '(#nowhere)'",
        "'[.]github/SECURITY' -> '.github/CONTRIBUTING'",
        "'landing-page[.]png' -> 'page.png'",
        "'srcset=\"' -> 'srcset=\"x'",
        "'130' -> '310'",
      })
  void a_difference_shows(String regex, String replacement) {
    String changed = chinese.text().replaceFirst(regex, replacement);
    assertThat(changed).isNotEqualTo(chinese.text());
    assertThat(blocks(new Outline(CHINESE, changed))).isNotEqualTo(blocks(english));
  }

  @Test
  void a_sentence_in_english_shows() {
    assertThat(
            new Outline(CHINESE, chinese.text() + "\nNot a word of this was translated.").english())
        .containsExactly("Not a word of this was translated");
  }

  private static Outline read(Path file) throws IOException {
    return new Outline(file, Files.readString(file));
  }
}
