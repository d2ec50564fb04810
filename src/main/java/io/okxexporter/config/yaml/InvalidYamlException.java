package io.okxexporter.config.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * The position of a YAML error. It never carries the parser's message, which quotes the line: the
 * line may hold a secret.
 */
final class InvalidYamlException extends Exception {
  /** Mentions special characters because OKX requires them in passphrases. */
  private static final String INVALID =
      "expected valid YAML (text with special characters needs quotes)";

  private final int line;
  private final int column;

  InvalidYamlException(int line, int column, String expected) {
    super(expected);
    this.line = line;
    this.column = column;
  }

  /** Converts an error of the parser. */
  static InvalidYamlException of(JsonProcessingException e, String text) {
    Throwable cause = e.getCause();
    if (cause instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      int line = marked.getProblemMark().getLine() + 1;
      return new InvalidYamlException(
          line, marked.getProblemMark().getColumn() + 1, invalid(marked));
    }
    if (cause instanceof ReaderException reader) {
      return atControlCharacter(text.substring(0, Math.min(reader.getPosition(), text.length())));
    }
    return at(e.getLocation(), INVALID);
  }

  private static String invalid(MarkedYAMLException marked) {
    String context = marked.getContext();
    return INVALID + (context == null ? "" : ", failed " + context);
  }

  private static InvalidYamlException atControlCharacter(String before) {
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int column = before.length() - before.lastIndexOf('\n');
    return new InvalidYamlException(line, column, "expected no control characters");
  }

  private static InvalidYamlException at(@Nullable JsonLocation location, String expected) {
    return location == null
        ? new InvalidYamlException(1, 1, expected)
        : new InvalidYamlException(location.getLineNr(), location.getColumnNr(), expected);
  }

  Problem problem() {
    String place = "line " + line + ", column " + column;
    return new Problem(place, null, String.valueOf(getMessage()));
  }
}
