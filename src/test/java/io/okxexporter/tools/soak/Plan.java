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

  private Duration ledgerInterval() {
    return pollInterval.toSeconds() < 30 ? Duration.ofSeconds(30) : pollInterval;
  }

  /** Little more than both need, so that pending withdrawals are not read every five seconds. */
  private long maxRequestsPerSecond() {
    double ofUser = (double) units / pollInterval.toSeconds() + 2.6 / ledgerInterval().toSeconds();
    return (long) Math.ceil(1 + 1.05 * users * ofUser);
  }

  /** The configuration in YAML. */
  String yaml() {
    StringBuilder yaml =
        new StringBuilder(
            """
            poll_interval: %ss
            ledger_interval: %ss
            stale_after: %ss
            max_requests_per_second_total: %s
            users:
            """
                .formatted(
                    pollInterval.toSeconds(),
                    ledgerInterval().toSeconds(),
                    staleAfter().toSeconds(),
                    maxRequestsPerSecond()));
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
