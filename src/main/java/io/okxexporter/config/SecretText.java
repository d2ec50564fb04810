package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.LabelValue;
import io.okxexporter.model.Secret;

/**
 * Parses a secret, as strictly as HTTP headers, the secret key as well: OKX issues nothing else, so
 * anything else is a copy-and-paste error.
 */
final class SecretText {
  static final int MAX_BYTES = 4096;

  private static final String EXPECTED = "expected a secret of one line of printable ASCII";

  private SecretText() {}

  static Secret parse(String text) throws InvalidValueException {
    if (text.isEmpty()) {
      throw new InvalidValueException("expected a secret, but it is empty");
    }
    if (text.length() > MAX_BYTES) {
      throw new InvalidValueException("expected a secret of at most " + MAX_BYTES + " characters");
    }
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      if (characters[i] < ' ' || characters[i] > '~') {
        throw new InvalidValueException(
            EXPECTED + ", but character " + (i + 1) + " is " + described(characters[i]));
      }
    }
    if (!text.equals(text.strip())) {
      throw new InvalidValueException("expected a secret without leading or trailing blanks");
    }
    return new Secret(text);
  }

  /** Describes a character without showing it where it may be part of a secret. */
  private static String described(int character) {
    return switch (character) {
      case '\t' -> "a tab";
      case '\n', '\r' -> "a line break";
      case 0xFEFF -> "a byte order mark (U+FEFF): save it in UTF-8 without one";
      case '‘', '’', '‚', '“', '”', '„', '«', '»' ->
          "a typographic quotation mark" + code(character);
      case '‐', '‑', '‒', '–', '—' -> "a typographic hyphen or dash" + code(character);
      default -> ordinary(character);
    };
  }

  private static String ordinary(int character) {
    if (Character.isISOControl(character)) {
      return "a control character" + code(character);
    }
    if (Character.isSpaceChar(character)) {
      return "an unusual blank" + code(character);
    }
    return LabelValue.isPrintable(character)
        ? "not ASCII"
        : "an invisible character" + code(character);
  }

  private static String code(int character) {
    return String.format(" (U+%04X)", character);
  }
}
