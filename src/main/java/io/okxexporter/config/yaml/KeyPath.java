package io.okxexporter.config.yaml;

import java.util.regex.Pattern;

/** What a report calls a setting of a file. */
final class KeyPath {
  /** Keys that a person may have meant as keys; anything else may be a secret gone astray. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z_.-]{1,40}|http2");

  private KeyPath() {}

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** A key as a report may show it. */
  static String shown(String key, int line) {
    return KEY.matcher(key).matches() ? key : "(line " + line + ")";
  }
}
