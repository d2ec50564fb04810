package io.okxexporter.config.yaml;

import java.util.regex.Pattern;

/** Builds the path under which a report shows a setting of a file. */
final class KeyPath {
  /** Plausible keys; anything else may be a misplaced secret. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z_.-]{1,40}|http2");

  private KeyPath() {}

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Returns the key, or its line where the key may be a secret. */
  static String shown(String key, int line) {
    return KEY.matcher(key).matches() ? key : "(line " + line + ")";
  }
}
