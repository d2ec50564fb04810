package io.okxexporter.okx;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import io.okxexporter.okx.ResponseClassifier.MalformedException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How OKX writes values: everything as a string, {@code ""} for absent. JSON numbers are taken too.
 */
final class JsonFields {
  /** What Java and JSON write, with ASCII digits: no sign in front but a minus, no bare point. */
  private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  /** As long as the JSON parser lets a number be, so that a string may be no longer. */
  private static final int MAX_LENGTH = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;

  /** Far more than any currency has. */
  private static final int MAX_INTEGER_DIGITS = 30;

  /** Enough for the remainder of a subtraction of doubles, such as 1.1102230246251565E-16. */
  private static final int MAX_DECIMAL_PLACES = 60;

  /** Up to the year 2286: nanoseconds from or to then do not overflow for a good while. */
  private static final int MAX_MILLISECONDS_DIGITS = 13;

  private JsonFields() {}

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

  /**
   * Null where absent. However a number is written, plainly or with an exponent, as a string or as
   * a JSON number, it is the same one; the bounds are of its value.
   */
  static @Nullable BigDecimal decimal(String field, JsonNode node) throws MalformedException {
    if (absent(node)) {
      return null;
    }
    BigDecimal number = number(node);
    if (number == null) {
      throw new MalformedException(field + " is not a decimal number");
    }
    return number;
  }

  /** From Unix milliseconds. */
  static Instant instant(String field, JsonNode node) throws MalformedException {
    BigDecimal number = number(node);
    if (number == null
        || number.signum() < 0
        || number.scale() > 0
        || integerDigits(number) > MAX_MILLISECONDS_DIGITS) {
      throw new MalformedException(field + " is not a time in milliseconds");
    }
    return Instant.ofEpochMilli(number.longValue());
  }

  /** Without trailing zeros; null where it is none, or beyond the bounds. */
  private static @Nullable BigDecimal number(JsonNode node) {
    BigDecimal written = node.isNumber() ? node.decimalValue() : parsed(node);
    if (written == null || written.signum() == 0) {
      return written == null ? null : BigDecimal.ZERO;
    }
    // First, since the exponent of a large number may leave no room for its zeros.
    if (integerDigits(written) > MAX_INTEGER_DIGITS) {
      return null;
    }
    BigDecimal number = written.stripTrailingZeros();
    return number.scale() > MAX_DECIMAL_PLACES ? null : number;
  }

  private static @Nullable BigDecimal parsed(JsonNode node) {
    String text = node.isTextual() ? node.textValue() : "";
    if (text.length() > MAX_LENGTH || !DECIMAL.matcher(text).matches()) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      // An exponent beyond what an int holds; a JSON number of that kind ends in parsing.
      return null;
    }
  }

  /** Without leading zeros: 0 or less for what is below 1. */
  private static long integerDigits(BigDecimal number) {
    return number.precision() - (long) number.scale();
  }
}
