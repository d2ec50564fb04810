package io.okxexporter.okx;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Parses the {@code Retry-After} header: seconds or a date (RFC 9110, 10.2.3). */
final class RetryAfter {
  /** A limit, so that an absurd header cannot stop a user's polls. */
  private static final Duration MAX_WAIT = Duration.ofMinutes(5);

  private RetryAfter() {}

  /** The wait from now, at most five minutes; zero if the header is missing or unreadable. */
  static Duration parse(@Nullable String header, Instant now) {
    if (header == null || header.isBlank()) {
      return Duration.ZERO;
    }
    Duration wait = header.strip().matches("\\d+") ? seconds(header.strip()) : date(header, now);
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
  }

  private static Duration seconds(String digits) {
    return digits.length() > 9 ? MAX_WAIT : Duration.ofSeconds(Long.parseLong(digits));
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
