package io.okxexporter.log;

/**
 * Quotes text as a JSON string, which logfmt parsers understand, too. The result cannot end the
 * line, move a terminal's cursor or reverse the reading direction.
 */
final class JsonString {
  private JsonString() {}

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 8).append('"');
    text.codePoints().forEach(character -> append(quoted, character));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int character) {
    switch (character) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      default -> appendOther(quoted, character);
    }
  }

  private static void appendOther(StringBuilder quoted, int character) {
    if (isSafe(character)) {
      quoted.appendCodePoint(character);
      return;
    }
    for (char unit : Character.toChars(character)) {
      quoted.append(String.format("\\u%04x", (int) unit));
    }
  }

  /** Excludes lone surrogates, too, which UTF-8 cannot encode. */
  private static boolean isSafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
