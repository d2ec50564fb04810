package io.okxexporter.web.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.web.config.WebSettings.RateLimit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@code rate_limit}. */
final class RateLimitReader {
  private static final String EXPECTED_BURST = "expected a whole number from 1 to 999999999";

  private RateLimitReader() {}

  /** Returns the limit; null where there is none, or its interval is 0. */
  static @Nullable RateLimit read(Section section) {
    Duration interval = section.textOrNumber("interval", GoDurationParser::parse);
    Integer burst = section.number("burst", RateLimitReader::parseBurst);
    section.rejectOthers();
    if (interval == null || interval.isZero()) {
      return null;
    }
    if (!section.has("burst")) {
      section.report("burst", null, EXPECTED_BURST);
    } else if (burst != null && burst == 0) {
      section.report("burst", "0", EXPECTED_BURST + ", or every request would be rejected");
    }
    return burst == null ? null : new RateLimit(interval, burst);
  }

  private static int parseBurst(String text) throws InvalidValueException {
    if (!text.matches("0|[1-9]\\d{0,8}")) {
      throw new InvalidValueException(EXPECTED_BURST);
    }
    return Integer.parseInt(text);
  }
}
