package io.okxexporter.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.okxexporter.okx.Answers.MalformedException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How OKX writes values: everything as a string, {@code ""} for absent. Numbers are taken too. */
final class Values {
  /** Far more than any currency has, and nothing that could cost time or overflow a double. */
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?");

  /** Up to the year 2286: nanoseconds from or to then do not overflow for a good while. */
  private static final Pattern MILLISECONDS = Pattern.compile("\\d{1,13}");

  private static final int MAX_SCALE = 30;

  private Values() {}

  /** {@code data[0]}, which all of our endpoints but one consist of. */
  static JsonNode first(JsonNode data) throws MalformedException {
    if (!data.isArray() || !data.path(0).isObject()) {
      throw new MalformedException("data[0] is missing");
    }
    return data.path(0);
  }

  static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull() || (node.isTextual() && node.asText().isEmpty());
  }

  /** A text that has to be there. */
  static String text(String field, JsonNode object) throws MalformedException {
    JsonNode node = object.path(field);
    if (!node.isTextual() || node.textValue().isEmpty()) {
      throw new MalformedException(field + " is missing");
    }
    return node.textValue();
  }

  /** A number that is a name, such as a User ID: beyond what a double holds. */
  static String digits(String field, JsonNode object) throws MalformedException {
    String text = text(field, object);
    if (!text.matches("\\d{1,20}")) {
      throw new MalformedException(field + " is not a number");
    }
    return text;
  }

  /** Null where absent. */
  static @Nullable BigDecimal decimal(String field, JsonNode node) throws MalformedException {
    if (absent(node)) {
      return null;
    }
    String text = plain(node);
    if (!DECIMAL.matcher(text).matches()) {
      throw new MalformedException(field + " is not a decimal number");
    }
    return new BigDecimal(text);
  }

  /** From Unix milliseconds. */
  static Instant instant(String field, JsonNode node) throws MalformedException {
    String text = plain(node);
    if (!MILLISECONDS.matcher(text).matches()) {
      throw new MalformedException(field + " is not a time in milliseconds");
    }
    return Instant.ofEpochMilli(Long.parseLong(text));
  }

  /** A string as it is, a number without exponent, nothing for the rest. */
  private static String plain(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    }
    if (!node.isNumber()) {
      return "";
    }
    BigDecimal number = node.decimalValue();
    // 1e999999999 as plain text would be a gigabyte.
    return Math.abs((long) number.scale()) > MAX_SCALE ? "" : number.toPlainString();
  }
}
