package io.okxexporter.tools.soak;

import static java.util.stream.Collectors.toSet;

import io.okxexporter.tools.soak.FickleExchange.Told;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Compares every value of a scrape with what the exchange told last: it must be there, with its
 * time, until it is stale, and nothing else may be.
 */
final class ScrapeCheck {
  private static final String TOTAL = "okx_total_asset_valuation";
  private static final String PART = "okx_asset_valuation";
  private static final String TIME = "okx_asset_valuation_timestamp_seconds";
  private static final String AGE = "okx_asset_valuation_age_seconds";

  private final Plan plan;
  private final FickleExchange exchange;
  private long samples;
  private long wrong;

  ScrapeCheck(Plan plan, FickleExchange exchange) {
    this.plan = plan;
    this.exchange = exchange;
  }

  /**
   * @param now by monotonic time
   * @param millis by wall time
   */
  void check(String metrics, long now, long millis) {
    Set<String> shown = metrics.lines().filter(ScrapeCheck::isOfValuation).collect(toSet());
    Set<String> expected = expected(now, millis);
    samples += shown.size();
    wrong += shown.stream().filter(sample -> !expected.contains(sample)).count();
    wrong += expected.stream().filter(sample -> !shown.contains(sample)).count();
  }

  private static boolean isOfValuation(String line) {
    return line.startsWith(TOTAL) || line.startsWith(PART);
  }

  private Set<String> expected(long now, long millis) {
    Set<String> expected = new HashSet<>();
    for (int user = 0; user < plan.users(); user++) {
      for (int unit = 0; unit < plan.units(); unit++) {
        Told told = exchange.told(user, unit);
        if (told != null) {
          String labels = "ccy=\"" + plan.unit(unit) + "\",user=\"user" + user + "\"} ";
          expected.add(TIME + "{" + labels + seconds(Instant.ofEpochMilli(told.millis())));
          expected.add(AGE + "{" + labels + (millis - told.millis()) / 1000.0);
          if (now - told.cameNanos() <= plan.staleAfter().toNanos()) {
            expected.add(TOTAL + "{" + labels + (double) told.value());
            expected.add(PART + "{account=\"earn\"," + labels + "0.0");
            expected.add(PART + "{account=\"trading\"," + labels + (told.value() + 0.5));
          }
        }
      }
    }
    return expected;
  }

  private static double seconds(Instant instant) {
    return instant.getEpochSecond() + instant.getNano() / 1e9;
  }

  /** Samples of valuations that were looked at. */
  long samples() {
    return samples;
  }

  /** Those that should not have been there, and those that should. */
  long wrong() {
    return wrong;
  }
}
