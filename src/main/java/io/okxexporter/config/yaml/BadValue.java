package io.okxexporter.config.yaml;

/** Says what a value should have been; whoever knows its key makes a {@link Problem} of it. */
public final class BadValue extends Exception {
  private final boolean hidden;

  private BadValue(String expected, boolean hidden) {
    super(expected);
    this.hidden = hidden;
  }

  public BadValue(String expected) {
    this(expected, false);
  }

  /** As it may hold a secret, the value must not be shown. */
  public static BadValue hidden(String expected) {
    return new BadValue(expected, true);
  }

  public String expected() {
    return String.valueOf(getMessage());
  }

  public Problem at(String key, String value) {
    return new Problem(key, hidden ? null : value, expected());
  }
}
