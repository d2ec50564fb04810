package io.okxexporter.simulator;

import java.util.SplittableRandom;

/**
 * What one User ID owns, second by second: a history of deposits and withdrawals through funding
 * and transfers between accounts, decided by the seed alone and played only as far as somebody
 * asks.
 */
final class Portfolio {
  private static final double MEAN_PAUSE_SECONDS = 600;
  private static final long CENT = 1_000_000;

  /** Nobody pays into classic any more. */
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
   * What is where.
   *
   * @param second since the start of the exchange; asking for an earlier one plays the history
   *     again from the start
   */
  Holdings at(long second) {
    if (second < played) {
      restart();
    }
    while (nextEvent <= second) {
      happen();
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

  /** Between 3,000 and 300,000 USD, any order of magnitude as likely. */
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

  private void happen() {
    switch (random.nextInt(5)) {
      case 0 -> deposit();
      case 1 -> withdraw();
      default -> transfer();
    }
  }

  /** Measured by the beginning, so that in the long run about as much comes as goes. */
  private void deposit() {
    holdings.add(Account.FUNDING, Asset.USDT, part(firstUsdt, 0.01, 0.2));
  }

  private void withdraw() {
    long there = holdings.amount(Account.FUNDING, Asset.USDT);
    holdings.add(Account.FUNDING, Asset.USDT, -part(there, 0.1, 0.7));
  }

  private void transfer() {
    int from = random.nextInt(IN_USE.length);
    int to = (from + 1 + random.nextInt(IN_USE.length - 1)) % IN_USE.length;
    long amount = part(holdings.amount(IN_USE[from], Asset.USDT), 0.05, 0.5);
    holdings.add(IN_USE[from], Asset.USDT, -amount);
    holdings.add(IN_USE[to], Asset.USDT, amount);
  }

  /** A random part of an amount of USDT, in whole cents as people choose it. */
  private long part(long amount, double least, double most) {
    long part = (long) (amount * random.nextDouble(least, most));
    return part - part % CENT;
  }
}
