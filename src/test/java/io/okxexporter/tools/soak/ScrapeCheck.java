package io.okxexporter.tools.soak;

import static java.util.stream.Collectors.toSet;

import io.okxexporter.tools.soak.FaultyExchange.ServedValue;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Compares every value of a scrape with the last value the exchange served. The scrape must show it
 * with its timestamp until it is stale, and nothing else.
 */
final class ScrapeCheck {
  private static final String TOTAL = "okx_total_asset_valuation";
  private static final String PART = "okx_asset_valuation";
  private static final String TIME = "okx_asset_valuation_timestamp_seconds";
  private static final String AGE = "okx_asset_valuation_age_seconds";

  private final Plan plan;
  private final FaultyExchange exchange;
  private long samples;
  private long wrong;

  ScrapeCheck(Plan plan, FaultyExchange exchange) {
    this.plan = plan;
    this.exchange = exchange;
  }

  /**
   * @param now monotonic time
   * @param millis wall time
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
        ServedValue served = exchange.lastServed(user, unit);
        if (served != null) {
          String labels = "ccy=\"" + plan.unit(unit) + "\",user=\"user" + user + "\"} ";
          expected.add(TIME + "{" + labels + seconds(Instant.ofEpochMilli(served.millis())));
          expected.add(AGE + "{" + labels + (millis - served.millis()) / 1000.0);
          if (now - served.servedNanos() <= plan.staleAfter().toNanos()) {
            expected.add(TOTAL + "{" + labels + (double) served.value());
            expected.add(PART + "{account=\"earn\"," + labels + "0.0");
            expected.add(PART + "{account=\"trading\"," + labels + (served.value() + 0.5));
          }
        }
      }
    }
    return expected;
  }

  private static double seconds(Instant instant) {
    return instant.getEpochSecond() + instant.getNano() / 1e9;
  }

  /** Valuation samples checked. */
  long samples() {
    return samples;
  }

  /** Unexpected and missing samples. */
  long wrong() {
    return wrong;
  }
}
