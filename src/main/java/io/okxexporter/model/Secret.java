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
