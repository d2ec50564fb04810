package io.okxexporter.check;

import io.okxexporter.check.PacedOkx.TimedOutcome;
import io.okxexporter.ledger.LedgerName;
import io.okxexporter.model.Bill;
import io.okxexporter.model.LedgerApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.User;
import io.okxexporter.model.Withdrawal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Requests the newest page of each ledger of a user, one after another. */
final class LedgerCheck {
  private final PacedOkx okx;
  private final LedgerApi ledgers;
  private final User user;
  private final Supplier<Instant> okxNow;
  private final Consumer<List<Step>> done;
  private final List<Step> steps = new ArrayList<>();

  /**
   * @param okxNow the time by OKX's clock
   */
  LedgerCheck(
      PacedOkx okx,
      LedgerApi ledgers,
      User user,
      Supplier<Instant> okxNow,
      Consumer<List<Step>> done) {
    this.okx = okx;
    this.ledgers = ledgers;
    this.user = user;
    this.okxNow = okxNow;
    this.done = done;
  }

  /**
   * Starts the check.
   *
   * @param sub whether the user is a sub-account, which cannot withdraw
   */
  void start(boolean sub) {
    check(
        LedgerName.FUNDING,
        callback -> ledgers.fundingBills(user, null, null, callback),
        Bill::at,
        sub ? this::trading : this::subAccounts);
  }

  private void trading() {
    check(
        LedgerName.TRADING,
        callback -> ledgers.tradingTransfers(user, null, callback),
        Bill::at,
        this::end);
  }

  private void subAccounts() {
    check(
        LedgerName.SUBACCOUNT,
        callback -> ledgers.subAccountTransfers(user, null, callback),
        Bill::at,
        this::withdrawals);
  }

  private void withdrawals() {
    check(
        LedgerName.WITHDRAWALS,
        callback -> ledgers.withdrawals(user, null, callback),
        Withdrawal::at,
        this::fiat);
  }

  private void fiat() {
    check(
        LedgerName.FIAT,
        callback -> ledgers.fiatWithdrawals(user, callback),
        Withdrawal::at,
        this::end);
  }

  private void end() {
    done.accept(steps);
  }

  private <T> void check(
      LedgerName ledger,
      Consumer<Consumer<Outcome<List<T>>>> request,
      Function<T, Instant> at,
      Runnable next) {
    okx.unpaced(
        request,
        (TimedOutcome<List<T>> response) -> {
          steps.add(LedgerStep.step(ledger, response, at, okxNow.get()));
          next.run();
        });
  }
}
