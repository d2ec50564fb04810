package io.okxexporter.okx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7                             | PT7S",
        " 7                            | PT7S",
        "0                             | PT0S",
        "-5                            | PT0S",
        "soon                          | PT0S",
        "301                           | PT5M",
        "99999999999999999999          | PT5M",
        "Thu, 01 Jan 2026 00:01:00 GMT | PT1M",
        "Wed, 31 Dec 2025 00:00:00 GMT | PT0S",
        "Fri, 01 Jan 2027 00:00:00 GMT | PT5M",
      })
  void is_read_as_seconds_or_as_a_date_and_bounded(String header, Duration wait) {
    assertThat(RetryAfter.parse(header, NOW)).isEqualTo(wait);
  }

  @Test
  void is_zero_where_missing() {
    assertThat(RetryAfter.parse(null, NOW)).isZero();
  }
}
