package io.okxexporter.tools.alertquality;

import io.okxexporter.tools.alertquality.Holdings.Account;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Moves the members' money over time and logs each move as an incident. Money leaves from funding;
 * missing amounts are transferred there up to ten minutes before.
 */
final class Money {
  private record Task(long second, Runnable run) {}

  /** A position is liquidated when the trading account is worth less than this share of it. */
  private static final double MAINTENANCE = 0.02;

  private final Prices prices;
  private final SplittableRandom random;
  private final List<Member> members;
  private final List<Incident> log;
  private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparing(Task::second));
  private long now;

  Money(Prices prices, SplittableRandom random, List<Member> members, List<Incident> log) {
    this.prices = prices;
    this.random = random;
    this.members = members;
    this.log = log;
  }

  /** Schedules a task. */
  void at(long second, Runnable task) {
    tasks.add(new Task(second, task));
  }

  /** Runs all scheduled tasks; positions are checked every minute. */
  void play(int minutes) {
    for (int minute = 0; minute < minutes; minute++) {
      while (!tasks.isEmpty() && tasks.peek().second() < 60L * (minute + 1)) {
        Task task = tasks.remove();
        now = Math.max(now, task.second());
        task.run().run();
      }
      now = 60L * (minute + 1);
      members.forEach(this::liquidate);
    }
  }

  private void liquidate(Member member) {
    Holdings holdings = member.latest();
    double size = Math.abs(holdings.position()) * usd(Coin.BTC);
    if (size > 0 && holdings.worth(Account.TRADING, this::usd) < MAINTENANCE * size) {
      double before = holdings.worth(this::usd);
      Holdings closed = holdings.settle(usd(Coin.BTC), 0);
      // The insurance fund takes the rest.
      Holdings rest = closed.add(Account.TRADING, closed.coins(Account.TRADING), -1);
      put(member, rest);
      write(IncidentType.LIQUIDATION, member, rest.worth(this::usd) / before - 1);
    }
  }

  /** Withdraws this share of the user's worth; everything available if that is less. */
  void withdraw(Member member, double share) {
    leave(member, share, IncidentType.WITHDRAWAL, null);
  }

  /** Transfers this share of the user's worth to another member. */
  void subTransfer(Member member, double share, Member to) {
    leave(member, share, IncidentType.SUB_TRANSFER, to);
  }

  private void leave(Member member, double share, IncidentType type, @Nullable Member to) {
    double wanted = share * member.latest().worth(this::usd);
    collect(member, wanted);
    // People wait until they see the transfer; programs do not.
    long pause = random.nextInt(3) == 0 ? random.nextInt(10) : random.nextInt(600);
    at(now + pause, () -> depart(member, wanted, type, to));
  }

  /** Transfers the missing amount to funding. */
  private void collect(Member member, double wanted) {
    reduce(member, wanted);
    for (Account from : List.of(Account.TRADING, Account.EARN)) {
      Holdings holdings = member.latest();
      double missing = wanted - holdings.spot(Account.FUNDING, this::usd);
      double available = Math.max(0, holdings.spot(from, this::usd));
      if (missing > 0.001 * wanted && available > 0) {
        double part = Math.min(1, missing / available);
        put(member, holdings.transfer(from, Account.FUNDING, part));
        write(IncidentType.TRANSFER, member, part);
      }
    }
  }

  /** Closes part of the position before a large withdrawal. */
  private void reduce(Member member, double wanted) {
    Holdings holdings = member.latest();
    double share = wanted / holdings.worth(this::usd);
    if (holdings.position() != 0 && share > 0.2) {
      put(member, holdings.settle(usd(Coin.BTC), holdings.position() * Math.max(0, 1 - share)));
    }
  }

  private void depart(Member member, double wanted, IncidentType type, @Nullable Member to) {
    Holdings holdings = member.latest();
    double available = holdings.spot(Account.FUNDING, this::usd);
    double before = holdings.worth(this::usd);
    if (available <= 0 || before <= 0) {
      return;
    }
    double part = Math.min(1, wanted / available);
    put(member, holdings.add(Account.FUNDING, holdings.coins(Account.FUNDING), -part));
    write(type, member, -part * available / before);
    if (to != null) {
      double had = to.latest().worth(this::usd);
      put(to, to.latest().add(Account.FUNDING, holdings.coins(Account.FUNDING), part));
      write(type, to, part * available / had);
    }
  }

  /** Deposits this share of the user's worth, at least 1,000 USD. */
  void deposit(Member member, double share, Coin coin) {
    double amount = Math.max(1_000, share * member.latest().worth(this::usd)) / usd(coin);
    put(member, member.latest().add(Account.FUNDING, coin, amount));
    write(IncidentType.DEPOSIT, member, share);
  }

  void transfer(Member member, Account from, Account to, double share) {
    double part = member.latest().position() == 0 || from != Account.TRADING ? share : share / 4;
    put(member, member.latest().transfer(from, to, part));
    write(IncidentType.TRANSFER, member, part);
  }

  /**
   * Moves this share of funding to earn.
   *
   * @param seconds how long it is in neither account
   */
  void subscribe(Member member, double share, long seconds) {
    Holdings before = member.latest();
    put(member, before.add(Account.FUNDING, before.coins(Account.FUNDING), -share));
    double part = 1 - member.latest().worth(this::usd) / Math.max(1e-9, before.worth(this::usd));
    log.add(new Incident(IncidentType.SUBSCRIPTION, member.name(), null, now, now + seconds, part));
    at(
        now + seconds,
        () -> put(member, member.latest().add(Account.EARN, before.coins(Account.FUNDING), share)));
  }

  private double usd(Coin coin) {
    return prices.usd(coin, (double) now);
  }

  private void put(Member member, Holdings holdings) {
    member.history().put(now, holdings);
  }

  private void write(IncidentType type, Member member, double size) {
    log.add(new Incident(type, member.name(), null, now, now, size));
  }
}
