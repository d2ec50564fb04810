package io.okxexporter.model;

import java.util.Arrays;

/** A text without case and invisible characters, which knows where its characters come from. */
final class FoldedText {
  /** Characters that Unicode counts as letters or symbols, but that look like nothing. */
  private static final String BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0";

  private final StringBuilder folded = new StringBuilder();

  /** By position in the folded text: the position in the original one. */
  private final int[] origins;

  FoldedText(String text) {
    int[] from = new int[text.length()];
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int codePoint = text.codePointAt(i);
      if (!isInvisible(codePoint)) {
        int start = folded.length();
        folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(codePoint)));
        Arrays.fill(from, start, folded.length(), i);
      }
    }
    origins = from;
  }

  /** Blanks and marks on other characters count as well: they break a text, but hide nothing. */
  private static boolean isInvisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK ->
          true;
      default -> BLANK_LETTERS.indexOf(codePoint) >= 0;
    };
  }

  int length() {
    return folded.length();
  }

  /** Where the other text begins in this one, from a position on; -1 if nowhere. */
  int indexOf(FoldedText other, int from) {
    return folded.indexOf(other.folded.toString(), from);
  }

  /** The position in the original text of a character of this one. */
  int origin(int index) {
    return origins[index];
  }

  @Override
  public String toString() {
    return folded.toString();
  }
}
