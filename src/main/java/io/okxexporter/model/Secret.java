package io.okxexporter.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A confidential text, which only {@link #reveal()} returns. */
public final class Secret {
  private final String value;

  /**
   * @param value the secret itself
   */
  public Secret(String value) {
    this.value = value;
  }

  /** The secret itself: for a header or a signature, never for a log, an error or a page. */
  public String reveal() {
    return value;
  }

  /**
   * Replaces this secret in a text, wherever it occurs: in any case, and even where blanks or
   * invisible characters break it.
   */
  public String hideIn(String text, String replacement) {
    FoldedText secret = new FoldedText(value);
    FoldedText within = new FoldedText(text);
    StringBuilder safe = new StringBuilder();
    int end = 0;
    int at = secret.length() == 0 ? -1 : within.indexOf(secret, 0);
    while (at >= 0) {
      int last = within.origin(at + secret.length() - 1);
      safe.append(text, end, within.origin(at)).append(replacement);
      end = last + Character.charCount(text.codePointAt(last));
      at = within.indexOf(secret, at + secret.length());
    }
    return safe.append(text, end, text.length()).toString();
  }

  /** Compares the texts in a time that does not depend on where they differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
