package io.okxexporter.tools.soak;

import java.time.Duration;

/**
 * The parameters of a soak.
 *
 * @param users the number of users, each with its own User ID
 * @param units the number of units per user
 * @param days of virtual time; the last hour is without faults
 * @param pollInterval the configured interval
 * @param scrapeEvery the interval at which all of /metrics is read and checked
 * @param seed determines every fault
 */
record Plan(
    int users, int units, int days, Duration pollInterval, Duration scrapeEvery, long seed) {
  private static final String[] UNITS = {
    "USDT", "BTC", "EUR", "USD", "JPY", "CNY", "KRW", "TRY", "AUD", "SGD"
  };

  Duration length() {
    return Duration.ofDays(days);
  }

  String unit(int number) {
    return UNITS[number];
  }

  /** Five minutes plus three poll intervals. */
  Duration staleAfter() {
    return Duration.ofMinutes(5).plus(pollInterval.multipliedBy(3));
  }

  /** The configuration in YAML. */
  String yaml() {
    StringBuilder yaml =
        new StringBuilder(
            "poll_interval: %ss\nstale_after: %ss\nmax_requests_per_second_total: 1000\nusers:\n"
                .formatted(pollInterval.toSeconds(), staleAfter().toSeconds()));
    String ccys = String.join(", ", java.util.Arrays.copyOf(UNITS, units));
    for (int user = 0; user < users; user++) {
      yaml.append(
          """
            - name: user%1$d
              region: http://127.0.0.1:1
              ccys: [%2$s]
              api_key: key%1$d
              secret_key: secret%1$d
              passphrase: phrase%1$d
          """
              .formatted(user, ccys));
    }
    return yaml.toString();
  }
}
