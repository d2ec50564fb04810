package io.okxexporter.config.yaml;

import org.jspecify.annotations.Nullable;

/**
 * One problem of the configuration.
 *
 * @param key the setting: a key path such as {@code users[0].region}, a variable, a flag, or a
 *     place in the file
 * @param value the configured value; null where there is none, or where it is or may be a secret
 * @param expected what was expected instead
 */
public record Problem(String key, @Nullable String value, String expected) {
  private static final int SHOWN_CHARACTERS = 300;

  /** {@code key: "value": expected}, on one line. */
  @Override
  public String toString() {
    return key + ": " + (value == null ? "" : quoted(value) + ": ") + expected;
  }

  /** Quotes and escapes a text for use within one line; cuts it off where it is long. */
  public static String quoted(String text) {
    StringBuilder shown = new StringBuilder("\"");
    text.codePoints().limit(SHOWN_CHARACTERS).forEach(c -> shown.append(escaped(c)));
    boolean cut = text.codePointCount(0, text.length()) > SHOWN_CHARACTERS;
    return shown.append(cut ? "…\"" : "\"").toString();
  }

  private static String escaped(int codePoint) {
    if (!LabelValue.isPrintable(codePoint)) {
      return String.format("\\u%04x", codePoint);
    }
    String character = Character.toString(codePoint);
    return character.equals("\"") || character.equals("\\") ? "\\" + character : character;
  }
}
