package io.okxexporter.web.config;

import io.okxexporter.config.yaml.InvalidValueException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Parses durations in Go's syntax, such as {@code 100ms}, {@code 1.5s} and {@code 1m30s}. */
final class GoDurationParser {
  private static final Duration MAX = Duration.ofDays(365);

  private static final String PART =
      "(\\d{1,18}(?:\\.\\d{0,18})?|\\.\\d{1,18})(ns|us|µs|μs|ms|s|m|h)";
  private static final Pattern PARTS = Pattern.compile(PART);
  private static final Pattern SYNTAX = Pattern.compile("0|(" + PART + "){1,20}");

  private static final Map<String, Duration> UNITS =
      Map.of(
          "ns", Duration.ofNanos(1),
          "us", Duration.ofNanos(1_000),
          "µs", Duration.ofNanos(1_000),
          "μs", Duration.ofNanos(1_000),
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  private GoDurationParser() {}

  /** Parses a duration from 0 to a year; 0 needs no unit. */
  static Duration parse(String text) throws InvalidValueException {
    if (!SYNTAX.matcher(text).matches()) {
      throw new InvalidValueException(
          "expected a duration such as 1s, 100ms or 1m30s, or 0 for no limit");
    }
    BigDecimal nanos =
        PARTS
            .matcher(text)
            .results()
            .map(GoDurationParser::nanos)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (nanos.compareTo(BigDecimal.valueOf(MAX.toNanos())) > 0) {
      throw new InvalidValueException("expected at most " + MAX.toHours() + "h");
    }
    return Duration.ofNanos(nanos.longValue());
  }

  private static BigDecimal nanos(MatchResult part) {
    long unit = UNITS.getOrDefault(part.group(2), Duration.ZERO).toNanos();
    return new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit));
  }
}
