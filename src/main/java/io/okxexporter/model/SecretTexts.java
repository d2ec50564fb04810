package io.okxexporter.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Any number of secrets, found in texts in one pass. A short one counts only where it is the whole
 * text: it may also be part of a word.
 */
public final class SecretTexts {
  /** OKX accepts no shorter passphrase. */
  private static final int LONG = 8;

  private final Set<String> shortOnes = new HashSet<>();

  /** The long ones by their first characters. */
  private final Map<String, List<String>> longOnes = new HashMap<>();

  /** Adds a secret. */
  public void add(String secret) {
    String folded = new FoldedText(secret).toString();
    if (folded.length() >= LONG) {
      longOnes.computeIfAbsent(folded.substring(0, LONG), start -> new ArrayList<>()).add(folded);
    } else if (!folded.isEmpty()) {
      shortOnes.add(folded);
    }
  }

  /** Whether a text is or contains one of the secrets. */
  public boolean areIn(String text) {
    return !hideIn(text, "").equals(text);
  }

  /** Replaces the secrets in a text. */
  public String hideIn(String text, String replacement) {
    String folded = new FoldedText(text).toString();
    if (shortOnes.contains(folded)) {
      return replacement;
    }
    String safe = text;
    for (int at = 0; at + LONG <= folded.length(); at++) {
      for (String secret : longOnes.getOrDefault(folded.substring(at, at + LONG), List.of())) {
        if (folded.startsWith(secret, at)) {
          safe = new Secret(secret).hideIn(safe, replacement);
        }
      }
    }
    return safe;
  }
}
