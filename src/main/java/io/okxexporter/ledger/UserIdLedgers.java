package io.okxexporter.ledger;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.LedgerApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.model.Withdrawal;
import io.okxexporter.poll.BackgroundRequests;
import io.okxexporter.poll.Backoff;
import io.okxexporter.poll.PacedQueue;
import io.okxexporter.poll.RequestLimiter.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ledgers of one User ID, read with one of its keys. Used on the timer's thread. */
final class UserIdLedgers {
  private final Context context;
  private final boolean sub;
  private final List<LedgerReading<?>> readings = new ArrayList<>();
  private final SubAccountTransfers transfers;
  private final FundingLedger funding;
  private List<User> users;
  private boolean firstRound = true;
  private boolean flowed;
  private boolean withdrawing;
  private @Nullable LedgerReading<?> trading;

  /**
   * What all User IDs share.
   *
   * @param queues creates what spaces the requests to an endpoint
   * @param sent notified of each request
   * @param okxNow the time by the clock of a user's host
   * @param plan how often ledgers are read
   */
  record Context(
      LedgerApi okx,
      BackgroundRequests requests,
      Function<Endpoint, PacedQueue> queues,
      BiConsumer<User, Endpoint> sent,
      Backoff backoff,
      BillTypes types,
      Function<User, Instant> okxNow,
      Supplier<LedgerPlan> plan,
      List<LedgerListener> listeners) {}

  /**
   * @param users those with a key of this User ID; at least one
   * @param sub whether it is a sub-account, which cannot withdraw
   */
  UserIdLedgers(Context context, List<User> users, boolean sub) {
    this.context = context;
    this.users = List.copyOf(users);
    this.sub = sub;
    transfers = new SubAccountTransfers(sub);
    funding = new FundingLedger(context.types(), transfers);
  }

  Context context() {
    return context;
  }

  /** The users whose keys are used from now on. */
  void use(List<User> newUsers) {
    users = List.copyOf(newUsers);
  }

  int keys() {
    return users.size();
  }

  /** The user whose key is used, of any number counted up. */
  User user(int key) {
    return users.get(key % users.size());
  }

  /** Whether money flowed or is being withdrawn, so that prices are wanted. */
  boolean hasFlows() {
    return flowed || withdrawing;
  }

  /** Whether the funding ledger was neither read nor failed yet. */
  boolean isInFirstRound() {
    return firstRound;
  }

  /** Begins to read. */
  void start() {
    begin(Endpoint.ASSET_BILLS, Purpose.LEDGER, new FundingPages(this, funding));
    if (sub) {
      readTrading();
    } else {
      readSubAccounts();
      Purpose purpose = Purpose.WITHDRAWALS;
      begin(
          Endpoint.WITHDRAWAL_HISTORY, purpose, new WithdrawalPages(this, LedgerName.WITHDRAWALS));
      begin(Endpoint.FIAT_WITHDRAWALS, purpose, new WithdrawalPages(this, LedgerName.FIAT));
    }
  }

  private void readTrading() {
    trading =
        begin(
            Endpoint.ACCOUNT_BILLS,
            Purpose.LEDGER,
            new TransferPages(
                this,
                LedgerName.TRADING,
                transfers.trading(),
                (user, ledger, done) ->
                    context.okx().tradingTransfers(user, ledger.after(), done)));
  }

  private void readSubAccounts() {
    begin(
        Endpoint.SUB_ACCOUNT_BILLS,
        Purpose.LEDGER,
        new TransferPages(
            this,
            LedgerName.SUBACCOUNT,
            transfers.stated(),
            (user, ledger, done) ->
                context.okx().subAccountTransfers(user, ledger.before(), done)));
  }

  private <P> LedgerReading<P> begin(
      Endpoint endpoint, Purpose purpose, LedgerReading.Pages<P> pages) {
    LedgerReading<P> reading =
        new LedgerReading<>(
            endpoint,
            purpose,
            this,
            pages,
            context.requests(),
            context.queues().apply(endpoint),
            context.backoff());
    pages.plan();
    readings.add(reading);
    reading.begin();
    return reading;
  }

  /** Sends nothing from now on. */
  void stop() {
    readings.forEach(LedgerReading::stop);
  }

  /** The time by OKX's clock. */
  Instant okxNow() {
    return context.okxNow().apply(user(0));
  }

  /** The bills of a ledger changed. */
  void publishFlows() {
    funding
        .flows(okxNow())
        .ifPresent(
            summary -> {
              flowed = !summary.flows().isEmpty();
              notify((listener, user) -> listener.flows(user, summary));
            });
  }

  /** A ledger of transfers was read to its end. */
  void transfersRead(LedgerName ledger) {
    if (ledger == LedgerName.SUBACCOUNT) {
      transfers.succeeded();
      stopTrading();
    }
    publishFlows();
    read(ledger);
  }

  private void stopTrading() {
    if (trading != null) {
      trading.stop();
      readings.remove(trading);
      trading = null;
      notify((listener, user) -> listener.stopped(user, LedgerName.TRADING));
    }
  }

  /** A ledger of transfers could not be read. */
  void transfersFailed(LedgerName ledger, Failure<?> failure) {
    if (ledger == LedgerName.SUBACCOUNT) {
      transfers.failed(okxNow());
      publishFlows();
    }
    failed(ledger, failure);
  }

  /** A main account that OKX refuses the ledger of its transfers is read like a sub-account. */
  void transfersRefused(LedgerName ledger, Failure<?> failure) {
    boolean inDemo = failure.reason() == Reason.WRONG_ENVIRONMENT;
    if (ledger == LedgerName.SUBACCOUNT && trading == null && !inDemo) {
      transfers.refused();
      publishFlows();
      readTrading();
    }
  }

  /** Withdrawals were read, those to banks or the others. */
  void withdrawals(LedgerName ledger, List<Withdrawal> withdrawals) {
    if (ledger == LedgerName.WITHDRAWALS) {
      withdrawing = withdrawals.stream().anyMatch(Withdrawal::isPending);
    }
    notify((listener, user) -> listener.withdrawals(user, ledger, withdrawals));
    read(ledger);
  }

  /** A ledger was read to its end. */
  void read(LedgerName ledger) {
    firstRound = firstRound && ledger != LedgerName.FUNDING;
    notify((listener, user) -> listener.read(user, ledger, null));
  }

  /** A ledger could not be read. */
  void failed(LedgerName ledger, Failure<?> failure) {
    firstRound = firstRound && ledger != LedgerName.FUNDING;
    notify((listener, user) -> listener.read(user, ledger, failure));
  }

  /** Announces and returns how often a ledger is read. */
  Duration plan(LedgerName ledger, boolean pending) {
    Duration interval = context.plan().get().of(ledger, pending);
    notify((listener, user) -> listener.planned(user, ledger, interval));
    return interval;
  }

  /** A request with this user's key is sent. */
  void sent(User sender, Endpoint endpoint) {
    context.sent().accept(sender, endpoint);
  }

  /** A request with this user's key completed. */
  void requested(User sender, Endpoint endpoint, Outcome<?> outcome) {
    context.listeners().forEach(listener -> listener.requested(sender, endpoint, outcome));
  }

  private void notify(BiConsumer<LedgerListener, User> event) {
    for (LedgerListener listener : context.listeners()) {
      users.forEach(user -> event.accept(listener, user));
    }
  }
}
