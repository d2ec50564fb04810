package io.okxexporter.config.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
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

  private static final String NO_TAB = "expected blanks, but found a tab: YAML allows no tab here";

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
      Mark mark = marked.getProblemMark();
      String expected = isTab(mark) ? NO_TAB : invalid(marked);
      return new InvalidYamlException(mark.getLine() + 1, mark.getColumn() + 1, expected);
    }
    if (cause instanceof ReaderException reader) {
      return atControlCharacter(before(text, reader.getPosition()));
    }
    return at(e.getLocation(), INVALID);
  }

  private static boolean isTab(Mark mark) {
    return mark.getPointer() < mark.getBuffer().length
        && mark.getBuffer()[mark.getPointer()] == '\t';
  }

  private static String invalid(MarkedYAMLException marked) {
    String context = marked.getContext();
    return INVALID + (context == null ? "" : ", failed " + context);
  }

  /**
   * @param position in code points, as the parser counts
   */
  private static String before(String text, int position) {
    int end = Math.min(position, text.codePointCount(0, text.length()));
    return text.substring(0, text.offsetByCodePoints(0, end));
  }

  private static InvalidYamlException atControlCharacter(String before) {
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int lineStart = before.lastIndexOf('\n') + 1;
    int column = before.codePointCount(lineStart, before.length()) + 1;
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
