package io.okxexporter.config;

/** Says what a value should have been; whoever knows its key makes a {@link Problem} of it. */
final class BadValue extends Exception {
  private final boolean hidden;

  private BadValue(String expected, boolean hidden) {
    super(expected);
    this.hidden = hidden;
  }

  BadValue(String expected) {
    this(expected, false);
  }

  /** As it may hold a secret, the value must not be shown. */
  static BadValue hidden(String expected) {
    return new BadValue(expected, true);
  }

  String expected() {
    return String.valueOf(getMessage());
  }

  Problem at(String key, String value) {
    return new Problem(key, hidden ? null : value, expected());
  }
}
