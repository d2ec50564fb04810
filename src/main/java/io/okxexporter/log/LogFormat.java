package io.okxexporter.log;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A format of log entries. Each entry is one line, whatever its text. */
public enum LogFormat {
  /** Pairs {@code key=value} like Prometheus's logs, with values quoted where necessary. */
  LOGFMT {
    @Override
    String line(Map<String, @Nullable Object> fields) {
      return fields.entrySet().stream()
          .map(field -> field.getKey() + "=" + bareOrQuoted(String.valueOf(field.getValue())))
          .collect(joining(" "));
    }
  },

  /** One JSON object per line, with the same keys in the same order. */
  JSON {
    @Override
    String line(Map<String, @Nullable Object> fields) {
      return fields.entrySet().stream()
          .map(field -> JsonString.quote(field.getKey()) + ":" + json(field.getValue()))
          .collect(joining(",", "{", "}"));
    }
  };

  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_.:/+@%*-]+");

  /** Formats a line without its terminator. Values are text, numbers, booleans or null. */
  abstract String line(Map<String, @Nullable Object> fields);

  private static String bareOrQuoted(String text) {
    return BARE.matcher(text).matches() ? text : JsonString.quote(text);
  }

  private static String json(@Nullable Object value) {
    return value instanceof String text ? JsonString.quote(text) : String.valueOf(value);
  }
}
