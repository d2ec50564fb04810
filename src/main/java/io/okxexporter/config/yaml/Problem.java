package io.okxexporter.config.yaml;

import io.okxexporter.model.SecretTexts;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
  static final String HIDDEN = "***";
  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"");

  /** {@code key: "value": expected}, on one line. */
  @Override
  public String toString() {
    return key + ": " + (value == null ? "" : quoted(value) + ": ") + expected;
  }

  /** The same problem without these secrets, wherever they are. */
  Problem without(SecretTexts secrets) {
    String shownKey =
        Arrays.stream(key.split("\\.", -1))
            .map(part -> secrets.hideIn(part, HIDDEN))
            .collect(Collectors.joining("."));
    String shownExpected =
        QUOTED.matcher(expected).replaceAll(match -> withoutQuoted(match.group(), secrets));
    return new Problem(
        secrets.hideIn(shownKey, HIDDEN),
        value == null || secrets.areIn(value) ? null : value,
        secrets.hideIn(shownExpected, HIDDEN));
  }

  private static String withoutQuoted(String quoted, SecretTexts secrets) {
    String text = quoted.substring(1, quoted.length() - 1).replaceAll("\\\\(.)", "$1");
    return Matcher.quoteReplacement(secrets.areIn(text) ? quoted(HIDDEN) : quoted);
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
