package io.okxexporter.check;

import io.okxexporter.check.PacedOkx.TimedOutcome;
import io.okxexporter.ledger.LedgerName;
import io.okxexporter.model.Bill;
import io.okxexporter.model.LedgerApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Success;
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
        any -> {
          if (sub) {
            trading(this::end);
          } else {
            subAccounts();
          }
        });
  }

  private void trading(Runnable next) {
    check(
        LedgerName.TRADING,
        callback -> ledgers.tradingTransfers(user, null, callback),
        Bill::at,
        any -> next.run());
  }

  /** The trading ledger stands in for what cannot be read. */
  private void subAccounts() {
    check(
        LedgerName.SUBACCOUNT,
        callback -> ledgers.subAccountTransfers(user, null, callback),
        Bill::at,
        outcome -> {
          if (outcome instanceof Success) {
            withdrawals();
          } else {
            trading(this::withdrawals);
          }
        });
  }

  private void withdrawals() {
    check(
        LedgerName.WITHDRAWALS,
        callback -> ledgers.withdrawals(user, null, null, callback),
        Withdrawal::at,
        any -> fiat());
  }

  private void fiat() {
    check(
        LedgerName.FIAT,
        callback -> ledgers.fiatWithdrawals(user, callback),
        Withdrawal::at,
        any -> end());
  }

  private void end() {
    done.accept(steps);
  }

  private <T> void check(
      LedgerName ledger,
      Consumer<Consumer<Outcome<List<T>>>> request,
      Function<T, Instant> at,
      Consumer<Outcome<List<T>>> next) {
    okx.unpaced(
        request,
        (TimedOutcome<List<T>> response) -> {
          steps.add(LedgerStep.step(ledger, response, at, okxNow.get()));
          next.accept(response.outcome());
        });
  }
}
