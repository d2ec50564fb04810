package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.config.yaml.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\uFEFFabc'|1 is a byte order mark (U+FEFF): save it in UTF-8 without one",
        "'a\tbc'|2 is a tab",
        "'abc\r\n'|4 is a line break",
        "'abc\n\n'|4 is a line break",
        "a\u0007bc|2 is a control character (U+0007)",
        "abc\u00A0|4 is an unusual blank (U+00A0)",
        "abc\u200B|4 is an invisible character (U+200B)",
        "“abc”|1 is a typographic quotation mark (U+201C)",
        "ab–c|3 is a typographic hyphen or dash (U+2013)",
        "abcé|4 is not ASCII",
        "a😀bcé|2 is not ASCII",
        "abc\uFFFD|4 is not ASCII",
      })
  void what_is_no_ascii_is_named_with_its_place_and_without_the_secret(
      String text, String character) {
    assertThatThrownBy(() -> SecretText.parse(text))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("expected a secret of one line of printable ASCII, but character " + character);
  }

  @Test
  void its_length_is_limited() throws Exception {
    assertThat(SecretText.parse("k".repeat(4_096)).reveal()).hasSize(4_096);
    assertThatThrownBy(() -> SecretText.parse("k".repeat(4_097)))
        .hasMessage("expected a secret of at most 4096 characters");
  }
}
