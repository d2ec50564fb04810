package io.okxexporter.ledger;

import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.User;
import io.okxexporter.model.Withdrawal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Reads the withdrawals of one User ID, to banks or to elsewhere. */
final class WithdrawalPages implements LedgerReading.Pages<List<Withdrawal>> {
  private final UserIdLedgers ledgers;
  private final LedgerName ledger;
  private final WithdrawalHistory withdrawals;

  /**
   * @param ledger {@link LedgerName#WITHDRAWALS} or {@link LedgerName#FIAT}
   */
  WithdrawalPages(UserIdLedgers ledgers, LedgerName ledger) {
    this.ledgers = ledgers;
    this.ledger = ledger;
    withdrawals = new WithdrawalHistory(ledger == LedgerName.WITHDRAWALS);
  }

  @Override
  public void begin() {
    withdrawals.begin(ledgers.okxNow());
  }

  @Override
  public boolean more() {
    return withdrawals.next() != null;
  }

  @Override
  public void send(User user, Consumer<Outcome<List<Withdrawal>>> done) {
    if (ledger == LedgerName.FIAT) {
      ledgers.context().okx().fiatWithdrawals(user, done);
    } else {
      WithdrawalHistory.WithdrawalQuery query = Objects.requireNonNull(withdrawals.next());
      ledgers.context().okx().withdrawals(user, query.id(), query.before(), done);
    }
  }

  @Override
  public void page(List<Withdrawal> page) {
    withdrawals.page(page);
  }

  @Override
  public void finished() {
    ledgers.withdrawals(ledger, withdrawals.withdrawals());
  }

  @Override
  public Duration plan() {
    return ledgers.plan(ledger, withdrawals.hasPending());
  }

  @Override
  public boolean failed(Failure<List<Withdrawal>> failure) {
    ledgers.failed(ledger, failure);
    return true;
  }
}
