package io.okxexporter.store;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Index prices in USDT, by coin; immutable.
 *
 * @param at when they were received
 * @param nanoTime the same in monotonic time
 */
record IndexPricesView(Map<String, BigDecimal> prices, Instant at, long nanoTime) {
  static final IndexPricesView UNKNOWN = new IndexPricesView(Map.of(), Instant.EPOCH, 0);

  /** Beyond two of the longest intervals between requests. */
  private static final Duration LIMIT = Duration.ofMinutes(21);

  IndexPricesView {
    prices = Map.copyOf(prices);
  }

  /** The prices, or none if they are too old. */
  Map<String, BigDecimal> at(Instant now, long nanoTimeNow) {
    return Staleness.olderThan(LIMIT, at, nanoTime, now, nanoTimeNow) ? Map.of() : prices;
  }
}
