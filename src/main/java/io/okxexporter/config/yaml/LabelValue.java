package io.okxexporter.config.yaml;

/** Parses the name of a user or a group, which becomes a label value and part of log lines. */
public final class LabelValue {
  private static final int MAX_CHARACTERS = 64;

  private LabelValue() {}

  /** Returns the text if it may be a label value. */
  public static String parse(String text) throws InvalidValueException {
    boolean fits = !text.isEmpty() && text.codePointCount(0, text.length()) <= MAX_CHARACTERS;
    if (!fits
        || !text.equals(text.strip())
        || !text.codePoints().allMatch(LabelValue::isPrintable)) {
      throw new InvalidValueException(
          "expected 1 to 64 printable characters, without leading or trailing blanks");
    }
    return text;
  }

  /** Whether a character is visible and does not control the output. */
  public static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
