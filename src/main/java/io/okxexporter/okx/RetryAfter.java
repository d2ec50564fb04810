package io.okxexporter.okx;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds or a date (RFC 9110, 10.2.3). */
final class RetryAfter {
  /** So that a mad header cannot switch a user off. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private RetryAfter() {}

  /** How long from now, at most five minutes; zero where the header is missing or unreadable. */
  static Duration parse(@Nullable String header, Instant now) {
    if (header == null || header.isBlank()) {
      return Duration.ZERO;
    }
    Duration wait = header.strip().matches("\\d+") ? seconds(header.strip()) : date(header, now);
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  private static Duration seconds(String digits) {
    return digits.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(digits));
  }

  private static Duration date(String text, Instant now) {
    try {
      ZonedDateTime date = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      return Duration.between(now, date.toInstant());
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }
}
