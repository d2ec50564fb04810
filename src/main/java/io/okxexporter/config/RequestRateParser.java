package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.model.Endpoint;
import java.util.regex.Pattern;

/** Parses and formats rates, in requests per second. */
final class RequestRateParser {
  /** Few enough digits for the interval between requests to fit into nanoseconds. */
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  /** OKX's limit for a User ID. */
  static final double MAX_OF_USER = Endpoint.ASSET_VALUATION.maxRequestsPerSecond();

  private RequestRateParser() {}

  /** Parses the rate of one User ID. */
  static double parseOfUser(String text) throws InvalidValueException {
    double rate = decimal(text);
    if (!(rate > 0 && rate <= MAX_OF_USER)) {
      throw new InvalidValueException(
          "expected a number above 0 and up to " + format(MAX_OF_USER) + ", such as 0.5");
    }
    return rate;
  }

  /** Parses the rate of the whole process. */
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

  /** Formats a rate, without the {@code .0} of a whole number. */
  static String format(double rate) {
    return rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate);
  }
}
