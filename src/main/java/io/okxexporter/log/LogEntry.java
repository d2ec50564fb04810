package io.okxexporter.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/** A logged event. */
record LogEntry(
    Instant at,
    Level level,
    String logger,
    String message,
    List<KeyValuePair> pairs,
    @Nullable Throwable thrown) {

  /** The prefix of our loggers' names. */
  static final String OURS = "io.okxexporter.";

  /** Always three digits of milliseconds, unlike {@code Instant.toString()}. */
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final Pattern NOT_IN_A_KEY = Pattern.compile("[^A-Za-z0-9_.-]");
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  /** The fields of the line in order, all computed eagerly. */
  Map<String, @Nullable Object> fields(boolean withStack) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("ts", MILLIS.format(at));
    fields.put("level", level.name().toLowerCase(Locale.ROOT));
    fields.put("component", component());
    fields.put("msg", message);
    pairs.forEach(pair -> fields.put(freeKey(fields, pair.key), value(pair.value)));
    if (thrown != null) {
      putThrown(fields, thrown, withStack);
    }
    return fields;
  }

  /** The name of our subpackage, or {@code main} for the root package. */
  private String component() {
    if (!logger.startsWith(OURS)) {
      return logger;
    }
    String path = logger.substring(OURS.length());
    return path.contains(".") ? path.substring(0, path.indexOf('.')) : "main";
  }

  private static void putThrown(
      Map<String, @Nullable Object> fields, Throwable thrown, boolean withStack) {
    fields.put(freeKey(fields, "err"), value(thrown));
    if (withStack) {
      fields.put(freeKey(fields, "stack"), stack(thrown));
    }
  }

  /** The key, changed until no earlier field has it, so that no field hides another. */
  private static String freeKey(Map<String, @Nullable Object> fields, @Nullable String wanted) {
    String key = NOT_IN_A_KEY.matcher(String.valueOf(wanted)).replaceAll("_");
    while (key.isEmpty() || fields.containsKey(key)) {
      key += "_";
    }
    return key;
  }

  private static @Nullable Object value(@Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      return value;
    }
    String text = text(value);
    boolean number = value instanceof Number && JSON_NUMBER.matcher(text).matches();
    return number ? new Literal(text) : text;
  }

  private static String text(Object value) {
    try {
      return String.valueOf(value.toString());
    } catch (RuntimeException e) {
      return "(" + value.getClass().getName() + " whose text failed: " + e.getClass() + ")";
    }
  }

  private static String stack(Throwable thrown) {
    StringWriter stack = new StringWriter();
    try {
      thrown.printStackTrace(new PrintWriter(stack));
    } catch (RuntimeException e) {
      stack.write("(cut off: " + e.getClass() + ")");
    }
    return stack.toString().strip();
  }

  /** A text that JSON allows without quotes. */
  private record Literal(String text) {
    @Override
    public String toString() {
      return text;
    }
  }
}
