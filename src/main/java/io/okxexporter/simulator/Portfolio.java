package io.okxexporter.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one User ID: a history of deposits, withdrawals, payments, earn and transfers
 * between accounts, all through funding. It depends on the seed and its payer alone, and is played
 * only as far as requested.
 */
final class Portfolio {
  private final SplittableRandom random;
  private final EventSchedule schedule;
  private final @Nullable PaymentKind sends;
  private final @Nullable Portfolio payer;

  private final Books books = new Books();
  private final List<SimulatedWithdrawal> withdrawals = new ArrayList<>();
  private final List<Movement> payments = new ArrayList<>();
  private final double firstUsdt;
  private int received;

  /**
   * @param startMillis when the exchange starts
   * @param sends how it pays another User ID; null if it never does
   * @param payer the User ID that pays this one; null if none does
   */
  Portfolio(long seed, long startMillis, @Nullable PaymentKind sends, @Nullable Portfolio payer) {
    this.random = new SplittableRandom(seed);
    this.sends = sends;
    this.payer = payer;
    this.firstUsdt = open(startMillis - EventSchedule.HISTORY.toMillis());
    this.schedule = new EventSchedule(random, startMillis);
  }

  /** Returns the holdings at a time; not to be changed or kept. */
  Holdings holdings(long millis) {
    play(millis);
    return books.holdings(millis);
  }

  /** Returns the bills of an account until a time, oldest first. */
  List<LedgerEntry> bills(Account account, long millis) {
    play(millis);
    return books.bills(account, millis);
  }

  /** Returns the withdrawals requested until a time, oldest first. */
  List<SimulatedWithdrawal> withdrawals(long millis) {
    play(millis);
    return withdrawals.stream().filter(each -> each.atMillis() <= millis).toList();
  }

  private List<Movement> payments(long millis) {
    play(millis);
    return payments;
  }

  private void play(long millis) {
    while (schedule.next().atMillis() <= millis) {
      receive(schedule.next().atMillis());
      play(schedule.next());
      schedule.advance();
    }
    receive(millis);
  }

  /** Books what the payer has sent until then. */
  private void receive(long millis) {
    if (payer == null) {
      return;
    }
    List<Movement> sent = payer.payments(millis);
    while (received < sent.size() && sent.get(received).atMillis() <= millis) {
      books.add(sent.get(received));
      received++;
    }
  }

  /** Between 3,000 and 300,000 USD, every order of magnitude equally likely; returns its USDT. */
  private double open(long millis) {
    double worth = 3_000 * Math.pow(100, random.nextDouble());
    open(millis, Account.FUNDING, Asset.USDT, 0.15 * worth);
    open(millis, Account.TRADING, Asset.USDT, 0.30 * worth);
    open(millis, Account.TRADING, Asset.BTC, 0.20 * worth);
    open(millis, Account.TRADING, Asset.ETH, 0.05 * worth);
    open(millis, Account.EARN, Asset.USDT, 0.18 * worth);
    open(millis, Account.EARN, Asset.ETH, 0.10 * worth);
    open(millis, Account.CLASSIC, Asset.BTC, 0.02 * worth);
    return 0.63 * worth;
  }

  private void open(long millis, Account account, Asset asset, double worthUsd) {
    books.add(new Movement(millis, account, asset, Holdings.amount(worthUsd, asset), ""));
  }

  private void play(EventSchedule.Event event) {
    switch (event.kind()) {
      case DEPOSIT -> deposit(event.atMillis());
      case WITHDRAWAL -> withdraw(event.atMillis());
      case PAYMENT -> pay(event.atMillis());
      case TRANSFER_OUT -> transfer(event.atMillis(), Account.FUNDING, Account.TRADING, "131");
      case TRANSFER_IN -> transfer(event.atMillis(), Account.TRADING, Account.FUNDING, "130");
      case SUBSCRIPTION -> transfer(event.atMillis(), Account.FUNDING, Account.EARN, "75");
      case REDEMPTION -> transfer(event.atMillis(), Account.EARN, Account.FUNDING, "76");
    }
  }

  /**
   * In proportion to the first amount, so that deposits and withdrawals balance in the long run.
   */
  private void deposit(long at) {
    Asset asset = anyAsset();
    long amount = Holdings.amount(firstUsdt * random.nextDouble(0.01, 0.15), asset);
    book(at, Account.FUNDING, asset, asset.rounded(amount), "1");
  }

  /** OKX takes amount and fee at the request. A user with too little deposits instead. */
  private void withdraw(long at) {
    Asset wanted = anyAsset();
    boolean has = before(at).amount(Account.FUNDING, wanted) > 20 * wanted.fee();
    Asset asset = has ? wanted : Asset.USDT;
    long total = part(at, Account.FUNDING, asset, 0.1, 0.7);
    if (total <= asset.fee()) {
      deposit(at);
      return;
    }
    book(at, Account.FUNDING, asset, -total, "2");
    List<SimulatedWithdrawal.StateSince> states = SimulatedWithdrawal.onChain(at, random);
    SimulatedWithdrawal withdrawal = list(at, asset, total, asset.fee(), false, states);
    withdrawal
        .cancelledMillis()
        .ifPresent(cancelled -> book(cancelled, Account.FUNDING, asset, total, "13"));
  }

  /** A user that pays no other one moves money to funding instead. */
  private void pay(long at) {
    long amount = part(at, Account.FUNDING, Asset.USDT, 0.05, 0.2);
    if (sends == null || amount == 0) {
      transfer(at, Account.TRADING, Account.FUNDING, "130");
      return;
    }
    book(at, Account.FUNDING, Asset.USDT, -amount, sends.sent());
    payments.add(new Movement(at, Account.FUNDING, Asset.USDT, amount, sends.received()));
    if (sends == PaymentKind.STRANGERS) {
      list(at, Asset.USDT, amount, 0, true, SimulatedWithdrawal.atOnce(at));
    }
  }

  private SimulatedWithdrawal list(
      long at,
      Asset asset,
      long total,
      long fee,
      boolean internal,
      List<SimulatedWithdrawal.StateSince> states) {
    SimulatedWithdrawal withdrawal =
        new SimulatedWithdrawal(
            Books.id(at, withdrawals.size()),
            at,
            asset.name(),
            asset.chain(),
            Asset.units(total - fee),
            Asset.units(fee),
            internal,
            states);
    withdrawals.add(withdrawal);
    return withdrawal;
  }

  private void transfer(long at, Account from, Account to, String type) {
    long amount = part(at, from, Asset.USDT, 0.05, 0.5);
    if (amount == 0) {
      deposit(at);
      return;
    }
    book(at, from, Asset.USDT, -amount, type(from, type, "12"));
    book(at, to, Asset.USDT, amount, type(to, type, "11"));
  }

  private static String type(Account account, String ofFunding, String ofTrading) {
    return switch (account) {
      case FUNDING -> ofFunding;
      case TRADING -> ofTrading;
      case EARN, CLASSIC -> "";
    };
  }

  private void book(long at, Account account, Asset asset, long amount, String type) {
    books.add(new Movement(at, account, asset, amount, type));
  }

  /** Half of the time USDT. */
  private Asset anyAsset() {
    return random.nextBoolean() ? Asset.USDT : random.nextBoolean() ? Asset.BTC : Asset.ETH;
  }

  /** A random part of what is there just before. */
  private long part(long at, Account account, Asset asset, double least, double most) {
    double part = random.nextDouble(least, most);
    return asset.rounded((long) (before(at).amount(account, asset) * part));
  }

  private Holdings before(long at) {
    return books.holdings(at - 1);
  }
}
