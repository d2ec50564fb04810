package io.okxexporter.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okxexporter.config.yaml.InvalidValueException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Detects text damaged by the encoding of the locale, with which Java decodes variables and
 * arguments and encodes paths.
 */
public final class LocaleEncoding {
  private static final String EXPECTED_PATH = "expected the path of a file";

  /** Java's replacement for bytes that it cannot decode. */
  private static final String REPLACEMENT = "\uFFFD";

  private LocaleEncoding() {}

  static boolean isDamaged(String text) {
    return text.contains(REPLACEMENT);
  }

  /** Also true for a relative path in a working directory that is damaged. */
  static boolean isDamagedPath(String text) {
    boolean relative = !text.startsWith("/");
    return isDamaged(relative ? System.getProperty("user.dir", "") + text : text);
  }

  /** Returns a variable or an argument, unless it is damaged. */
  public static String intact(String text) throws InvalidValueException {
    if (isDamaged(text)) {
      throw new InvalidValueException(expected());
    }
    return text;
  }

  /** Returns the path, or rejects one that the locale has damaged. */
  public static Path path(String text) throws InvalidValueException {
    if (text.isEmpty()) {
      throw new InvalidValueException(EXPECTED_PATH);
    }
    if (isDamagedPath(text)) {
      throw new InvalidValueException(expected());
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new InvalidValueException(expectedInsteadOfPath(text));
    }
  }

  /** The error for a text that Java cannot convert to a path. */
  public static String expectedInsteadOfPath(String text) {
    boolean path = text.indexOf('\0') < 0 && UTF_8.newEncoder().canEncode(text);
    return path ? expected() : EXPECTED_PATH;
  }

  static String expected() {
    String encoding = System.getProperty("native.encoding", "");
    return encoding.equals("UTF-8")
        ? "expected text in UTF-8"
        : "expected a locale whose encoding has these letters, not "
            + encoding
            + ": set LANG=C.UTF-8, and unset LC_ALL and LC_CTYPE";
  }
}
