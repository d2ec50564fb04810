package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.model.Endpoint;
import java.util.regex.Pattern;

/** Requests per second. */
final class RateParser {
  /** Few enough digits for an interval between requests that fits into nanoseconds. */
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  /** What OKX allows a User ID. */
  static final double MAX_OF_USER = Endpoint.ASSET_VALUATION.maxRequestsPerSecond();

  private RateParser() {}

  /** The rate of one User ID. */
  static double parseOfUser(String text) throws InvalidValueException {
    double rate = decimal(text);
    if (!(rate > 0 && rate <= MAX_OF_USER)) {
      throw new InvalidValueException(
          "expected a number above 0 and up to " + format(MAX_OF_USER) + ", such as 0.5");
    }
    return rate;
  }

  /** The rate of the whole process. */
  static double parseTotal(String text) throws InvalidValueException {
    double rate = decimal(text);
    if (!(rate > 0)) {
      throw new InvalidValueException("expected a number above 0, such as 100");
    }
    return rate;
  }

  private static double decimal(String text) {
    return DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
  }

  /** Without the {@code .0} of a whole number. */
  static String format(double rate) {
    return rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate);
  }
}
