package io.okxexporter.ledger;

import java.time.Duration;

/**
 * How often ledgers are read, so that their requests fit into what the process may send. Ledgers
 * may use what valuations leave, and a third at least.
 *
 * @param interval between two readings of a ledger
 * @param withdrawals between two readings of pending withdrawals, which use the room that is left
 */
record LedgerPlan(Duration interval, Duration withdrawals) {
  /** Withdrawals to banks are read as seldom as this while none is pending. */
  static final int FIAT_EVERY = 10;

  /** The ledgers of transfers are read at half the pace of the funding ledger. */
  static final int TRANSFERS_EVERY = 2;

  /** What the first rounds of a User ID take: funding with its custody providers, and transfers. */
  private static final int FIRST_REQUESTS = 4;

  private static final double SHARE = 1.0 / 3;
  private static final Duration FASTEST = Duration.ofSeconds(5);

  /**
   * Plans the readings.
   *
   * @param wanted the configured interval
   * @param perSecond the limit of the whole process
   * @param valuations requests per second for valuations
   * @param userIds User IDs whose ledgers are read
   * @param mains those that can withdraw
   * @param firstRounds whether some are in their first round, which needs the room that withdrawals
   *     would use
   */
  static LedgerPlan of(
      Duration wanted,
      double perSecond,
      double valuations,
      int userIds,
      int mains,
      boolean firstRounds) {
    double available = Math.max(perSecond * SHARE, perSecond - valuations);
    double round = userIds * (1 + 1.0 / TRANSFERS_EVERY) + mains * (1 + 1.0 / FIAT_EVERY);
    double interval = Math.max(seconds(wanted), round / available);
    double room = available - round / interval + mains / interval;
    double withdrawals = mains == 0 ? interval : Math.max(seconds(FASTEST), mains / room);
    if (firstRounds) {
      withdrawals = Math.max(withdrawals, userIds * FIRST_REQUESTS / available);
    }
    return new LedgerPlan(duration(interval), duration(Math.min(interval, withdrawals)));
  }

  /** The interval of a ledger. */
  Duration of(LedgerName ledger, boolean pending) {
    return switch (ledger) {
      case FUNDING -> interval;
      case TRADING, SUBACCOUNT -> interval.multipliedBy(TRANSFERS_EVERY);
      case WITHDRAWALS -> withdrawals;
      case FIAT -> pending ? interval : interval.multipliedBy(FIAT_EVERY);
    };
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis((long) Math.ceil(seconds * 1e3));
  }
}
