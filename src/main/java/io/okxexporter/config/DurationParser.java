package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses and formats durations in Prometheus's syntax, such as {@code 15s} and {@code 1h30m}. */
public final class DurationParser {
  /** Short enough for any arithmetic in nanoseconds. */
  private static final Duration MAX = Duration.ofDays(365);

  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?!$)(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  private DurationParser() {}

  /** Parses a duration above 0 and of at most a year. */
  static Duration parse(String text) throws InvalidValueException {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidValueException("expected a duration such as 15s, 5m or 1h30m");
    }
    Duration duration = sum(matcher);
    if (duration.isZero() || duration.compareTo(MAX) > 0) {
      throw new InvalidValueException(
          "expected a duration above 0, such as 15s, 5m or 1h30m, and up to 365d");
    }
    return duration;
  }

  private static Duration sum(Matcher matcher) {
    return Duration.ofDays(number(matcher, 1))
        .plusHours(number(matcher, 2))
        .plusMinutes(number(matcher, 3))
        .plusSeconds(number(matcher, 4))
        .plusMillis(number(matcher, 5));
  }

  private static long number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** Formats a duration in the same syntax, rounded up to the millisecond. */
  public static String format(Duration duration) {
    Duration rounded = Duration.ofMillis(duration.plusNanos(999_999).toMillis());
    String text =
        part(rounded.toDays(), "d")
            + part(rounded.toHoursPart(), "h")
            + part(rounded.toMinutesPart(), "m")
            + part(rounded.toSecondsPart(), "s")
            + part(rounded.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text;
  }

  private static String part(long number, String unit) {
    return number == 0 ? "" : number + unit;
  }
}
