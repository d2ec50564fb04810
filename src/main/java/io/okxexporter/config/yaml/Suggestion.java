package io.okxexporter.config.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests the known word that a misspelt one resembles. */
public final class Suggestion {
  private static final int MAX_EDITS = 2;

  /** Longer than any known word; longer input is not compared. */
  private static final int MAX_LENGTH = 50;

  private Suggestion() {}

  /** Returns the closest known word at most two edits away, if any. */
  public static Optional<String> to(String word, Collection<String> known) {
    String folded = folded(word);
    if (folded.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return known.stream()
        .filter(candidate -> edits(folded, folded(candidate)) <= MAX_EDITS)
        .min(Comparator.comparingInt(candidate -> edits(folded, folded(candidate))));
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** Returns the Levenshtein distance, computed row by row. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
