package io.okxexporter.file;

import java.io.IOException;

/** A file cannot be used; the message says what was expected of it, and shows nothing it holds. */
public final class FileException extends IOException {
  private static final long serialVersionUID = 1;
  private static final String READABLE = "expected a readable file, but ";

  private final boolean absent;

  private FileException(String expected, boolean absent) {
    super(expected);
    this.absent = absent;
  }

  FileException(String expected) {
    this(expected, false);
  }

  static FileException absent() {
    return new FileException(READABLE + "there is none", true);
  }

  static FileException unreadable(String why) {
    return new FileException(READABLE + why);
  }

  /** Whether there is no such file at all. */
  public boolean isAbsent() {
    return absent;
  }

  /** What was expected of the file. */
  public String expected() {
    return String.valueOf(getMessage());
  }
}
