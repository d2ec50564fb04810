package io.okxexporter.config.yaml;

/** States the expected form of a value; a caller with the key turns it into a {@link Problem}. */
public final class InvalidValueException extends Exception {
  private final boolean hidden;

  private InvalidValueException(String expected, boolean hidden) {
    super(expected);
    this.hidden = hidden;
  }

  /** For a value that may be shown. */
  public InvalidValueException(String expected) {
    this(expected, false);
  }

  /** For a value that may hold a secret and must not be shown. */
  public static InvalidValueException hidden(String expected) {
    return new InvalidValueException(expected, true);
  }

  /** Returns the same with more to it. */
  public InvalidValueException with(String more) {
    return new InvalidValueException(expected() + more, hidden);
  }

  /** Returns what was expected instead. */
  public String expected() {
    return String.valueOf(getMessage());
  }

  /** Returns the problem of this value under its key. */
  public Problem at(String key, String value) {
    return new Problem(key, hidden ? null : value, expected());
  }
}
