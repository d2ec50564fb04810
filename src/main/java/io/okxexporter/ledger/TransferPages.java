package io.okxexporter.ledger;

import io.okxexporter.model.Bill;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.User;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Reads a ledger that helps to find the transfers between User IDs. */
final class TransferPages implements LedgerReading.Pages<List<Bill>> {
  private final UserIdLedgers ledgers;
  private final LedgerName name;
  private final Ledger ledger;
  private final NextPage nextPage;
  private boolean began;
  private boolean published;

  /** Sends the request for the next page of a ledger. */
  interface NextPage {
    void send(User user, Ledger ledger, Consumer<Outcome<List<Bill>>> done);
  }

  /**
   * @param name {@link LedgerName#TRADING} or {@link LedgerName#SUBACCOUNT}
   */
  TransferPages(UserIdLedgers ledgers, LedgerName name, Ledger ledger, NextPage nextPage) {
    this.ledgers = ledgers;
    this.name = name;
    this.ledger = ledger;
    this.nextPage = nextPage;
  }

  @Override
  public void begin() {
    began = false;
    published = false;
  }

  @Override
  public boolean more() {
    return !began || ledger.isReading();
  }

  @Override
  public void send(User user, Consumer<Outcome<List<Bill>>> done) {
    if (!began) {
      began = true;
      ledger.begin(ledgers.okxNow());
    }
    nextPage.send(user, ledger, done);
  }

  @Override
  public void page(List<Bill> page) {
    if (ledger.page(page)) {
      published = true;
      ledgers.publishFlows();
    }
  }

  @Override
  public void finished() {
    ledgers.transfersRead(name);
  }

  @Override
  public Duration plan() {
    return ledgers.plan(name, false);
  }

  @Override
  public boolean failed(Failure<List<Bill>> failure) {
    ledger.abandon();
    if (published) {
      ledgers.transfersRead(name); // the recent part of it, so that what is shown is fresh
    }
    ledgers.transfersFailed(name, failure);
    return true;
  }

  @Override
  public void refused(Failure<List<Bill>> failure) {
    ledgers.transfersRefused(name, failure);
  }
}
