package io.okxexporter.web.status;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats times and numbers for people. */
final class PageText {
  private static final DateTimeFormatter SECOND = utc("yyyy-MM-dd HH:mm:ss 'UTC'");
  private static final DateTimeFormatter MINUTE = utc("yyyy-MM-dd HH:mm 'UTC'");

  private PageText() {}

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

  /** Such as {@code 1 user} or {@code 2 users}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
