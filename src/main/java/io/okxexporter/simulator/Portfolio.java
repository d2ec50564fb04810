package io.okxexporter.simulator;

import java.util.SplittableRandom;

/**
 * The holdings of one User ID per second: a history of deposits and withdrawals through funding,
 * and of transfers between accounts. It depends on the seed alone, and is played only as far as
 * requested.
 */
final class Portfolio {
  private static final double MEAN_PAUSE_SECONDS = 600;
  private static final long CENT = 1_000_000;

  /** Classic receives no transfers any more. */
  private static final Account[] IN_USE = {Account.FUNDING, Account.TRADING, Account.EARN};

  private final long seed;
  private final long firstUsdt;
  private SplittableRandom random;
  private Holdings holdings;
  private long played;
  private double nextEvent;

  Portfolio(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.holdings = first(random);
    this.firstUsdt = holdings.total(Asset.USDT);
    this.nextEvent = pause();
  }

  /**
   * Returns the holdings.
   *
   * @param second since the start of the exchange; an earlier one than before replays the history
   *     from the start
   */
  Holdings at(long second) {
    if (second < played) {
      restart();
    }
    while (nextEvent <= second) {
      playEvent();
      nextEvent += pause();
    }
    played = second;
    return holdings;
  }

  private void restart() {
    random = new SplittableRandom(seed);
    holdings = first(random);
    nextEvent = pause();
  }

  /** Between 3,000 and 300,000 USD, every order of magnitude equally likely. */
  private static Holdings first(SplittableRandom random) {
    double worth = 3_000 * Math.pow(100, random.nextDouble());
    Holdings holdings = new Holdings();
    holdings.put(Account.FUNDING, Asset.USDT, 0.15 * worth);
    holdings.put(Account.TRADING, Asset.USDT, 0.30 * worth);
    holdings.put(Account.TRADING, Asset.BTC, 0.20 * worth);
    holdings.put(Account.TRADING, Asset.ETH, 0.05 * worth);
    holdings.put(Account.EARN, Asset.USDT, 0.18 * worth);
    holdings.put(Account.EARN, Asset.ETH, 0.10 * worth);
    holdings.put(Account.CLASSIC, Asset.BTC, 0.02 * worth);
    return holdings;
  }

  private double pause() {
    return MEAN_PAUSE_SECONDS * random.nextExponential();
  }

  private void playEvent() {
    switch (random.nextInt(5)) {
      case 0 -> deposit();
      case 1 -> withdraw();
      default -> transfer();
    }
  }

  /**
   * In proportion to the first amount, so that deposits and withdrawals balance in the long run.
   */
  private void deposit() {
    holdings.add(Account.FUNDING, Asset.USDT, part(firstUsdt, 0.01, 0.2));
  }

  private void withdraw() {
    long available = holdings.amount(Account.FUNDING, Asset.USDT);
    holdings.add(Account.FUNDING, Asset.USDT, -part(available, 0.1, 0.7));
  }

  private void transfer() {
    int from = random.nextInt(IN_USE.length);
    int to = (from + 1 + random.nextInt(IN_USE.length - 1)) % IN_USE.length;
    long amount = part(holdings.amount(IN_USE[from], Asset.USDT), 0.05, 0.5);
    holdings.add(IN_USE[from], Asset.USDT, -amount);
    holdings.add(IN_USE[to], Asset.USDT, amount);
  }

  /** A random part of an amount of USDT, in whole cents. */
  private long part(long amount, double least, double most) {
    long part = (long) (amount * random.nextDouble(least, most));
    return part - part % CENT;
  }
}
