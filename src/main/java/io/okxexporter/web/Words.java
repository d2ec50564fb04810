package io.okxexporter.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as a person says them: one unit, rounded down. */
final class Words {
  private static final DateTimeFormatter SECOND = utc("yyyy-MM-dd HH:mm:ss 'UTC'");
  private static final DateTimeFormatter MINUTE = utc("yyyy-MM-dd HH:mm 'UTC'");

  private Words() {}

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /** A time to the second. */
  static String second(Instant time) {
    return SECOND.format(time);
  }

  /** A time to the minute. */
  static String minute(Instant time) {
    return MINUTE.format(time);
  }

  /** Such as {@code 12 s}; the sign does not show. */
  static String length(Duration duration) {
    Duration length = duration.abs();
    if (length.toSeconds() < 1) {
      return "under 1 s";
    }
    if (length.toMinutes() < 2) {
      return length.toSeconds() + " s";
    }
    if (length.toHours() < 2) {
      return length.toMinutes() + " min";
    }
    return length.toDays() < 2 ? length.toHours() + " h" : length.toDays() + " days";
  }

  /** How old something is; a time ahead of our clock is said to be just that. */
  static String old(Duration age) {
    return age.isNegative() ? length(age) + " ahead of our clock" : length(age) + " old";
  }

  /** How long ago something was. */
  static String ago(Duration since) {
    return since.isNegative() ? length(since) + " ahead of our clock" : length(since) + " ago";
  }

  /** Where a clock stands against another: such as {@code 45 s behind}. */
  static String against(Duration ahead) {
    return length(ahead) + (ahead.isNegative() ? " behind" : " ahead of");
  }

  /** Such as {@code 1 user} or {@code 2 users}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
