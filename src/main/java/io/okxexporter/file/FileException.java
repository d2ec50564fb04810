package io.okxexporter.file;

import java.io.IOException;

/** A file cannot be used; the message states what was expected and contains none of its content. */
public final class FileException extends IOException {
  private static final long serialVersionUID = 1;

  FileException(String expected) {
    super(expected);
  }

  static FileException unreadable(String why) {
    return new FileException("expected a readable file, but " + why);
  }

  /** What was expected of the file. */
  public String expected() {
    return String.valueOf(getMessage());
  }
}
