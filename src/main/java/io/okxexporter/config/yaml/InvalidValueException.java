package io.okxexporter.config.yaml;

/** Says what a value should have been; whoever knows its key makes a {@link Problem} of it. */
public final class InvalidValueException extends Exception {
  private final boolean hidden;

  private InvalidValueException(String expected, boolean hidden) {
    super(expected);
    this.hidden = hidden;
  }

  public InvalidValueException(String expected) {
    this(expected, false);
  }

  /** As it may hold a secret, the value must not be shown. */
  public static InvalidValueException hidden(String expected) {
    return new InvalidValueException(expected, true);
  }

  public String expected() {
    return String.valueOf(getMessage());
  }

  public Problem at(String key, String value) {
    return new Problem(key, hidden ? null : value, expected());
  }
}
