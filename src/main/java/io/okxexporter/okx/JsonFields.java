package io.okxexporter.okx;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import io.okxexporter.okx.ResponseClassifier.MalformedException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values in OKX's JSON. OKX writes every value as a string, and {@code ""} for an absent
 * one; JSON numbers are accepted, too.
 */
final class JsonFields {
  /** The format of Java and JSON, with ASCII digits: no leading plus sign, no bare point. */
  private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  /** The JSON parser's limit for numbers, applied to strings as well. */
  private static final int MAX_LENGTH = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;

  /** Far more than any currency has. */
  private static final int MAX_INTEGER_DIGITS = 30;

  /** Enough for the remainder of a subtraction of doubles, such as 1.1102230246251565E-16. */
  private static final int MAX_DECIMAL_PLACES = 60;

  /** Up to the year 2286, so that nanoseconds from now do not overflow for a long time. */
  private static final int MAX_MILLISECONDS_DIGITS = 13;

  private JsonFields() {}

  /** {@code data[0]}, which holds the values of all our endpoints but one. */
  static JsonNode first(JsonNode data) throws MalformedException {
    if (!data.isArray() || !data.path(0).isObject()) {
      throw new MalformedException("data[0] is missing");
    }
    return data.path(0);
  }

  static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull() || (node.isTextual() && node.asText().isEmpty());
  }

  /** Returns a required text. */
  static String text(String field, JsonNode object) throws MalformedException {
    JsonNode node = object.path(field);
    if (!node.isTextual() || node.textValue().isEmpty()) {
      throw new MalformedException(field + " is missing");
    }
    return node.textValue();
  }

  /** Returns an identifier of digits, such as a User ID, which a double cannot hold. */
  static String digits(String field, JsonNode object) throws MalformedException {
    String text = text(field, object);
    if (!text.matches("\\d{1,20}")) {
      throw new MalformedException(field + " is not a number");
    }
    return text;
  }

  /**
   * Returns a decimal number, or null if absent. All notations are read alike: plain or with an
   * exponent, as a string or a JSON number. The bounds apply to its value.
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

  /** Returns a required decimal number. */
  static BigDecimal requiredDecimal(String field, JsonNode object) throws MalformedException {
    BigDecimal number = decimal(field, object.path(field));
    if (number == null) {
      throw new MalformedException(field + " is missing");
    }
    return number;
  }

  /** Reads Unix milliseconds. */
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

  /** The number without trailing zeros; null if it is none or exceeds the bounds. */
  static @Nullable BigDecimal number(JsonNode node) {
    BigDecimal written = node.isNumber() ? node.decimalValue() : parsed(node);
    if (written == null || written.signum() == 0) {
      return written == null ? null : BigDecimal.ZERO;
    }
    // Checked first, as stripping the zeros of a large number may overflow its exponent.
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
      // The exponent exceeds an int; the parser already rejects such a JSON number.
      return null;
    }
  }

  /** The digits before the point without leading zeros; 0 or less if the number is below 1. */
  private static long integerDigits(BigDecimal number) {
    return number.precision() - (long) number.scale();
  }
}
