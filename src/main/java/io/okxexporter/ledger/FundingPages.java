package io.okxexporter.ledger;

import io.okxexporter.ledger.FundingLedger.PageQuery;
import io.okxexporter.model.Bill;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.User;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Reads the funding ledger of one User ID. */
final class FundingPages implements LedgerReading.Pages<List<Bill>> {
  private final UserIdLedgers ledgers;
  private final FundingLedger funding;
  private boolean began;
  private boolean published;

  FundingPages(UserIdLedgers ledgers, FundingLedger funding) {
    this.ledgers = ledgers;
    this.funding = funding;
  }

  @Override
  public void begin() {
    began = false;
    published = false;
  }

  @Override
  public boolean more() {
    return !began || funding.isReading();
  }

  @Override
  public void send(User user, Consumer<Outcome<List<Bill>>> done) {
    began = true;
    PageQuery query = funding.next(ledgers.okxNow());
    ledgers.context().okx().fundingBills(user, query.provider(), query.before(), done);
  }

  @Override
  public void page(List<Bill> page) {
    if (funding.page(page, ledgers.okxNow())) {
      published = true;
      ledgers.publishFlows();
    }
  }

  @Override
  public void finished() {
    ledgers.publishFlows();
    ledgers.read(LedgerName.FUNDING);
  }

  @Override
  public Duration plan() {
    return ledgers.plan(LedgerName.FUNDING, false);
  }

  @Override
  public boolean failed(Failure<List<Bill>> failure) {
    boolean ended = funding.failed(failure, ledgers.okxNow());
    if (ended) {
      if (published) {
        ledgers.read(LedgerName.FUNDING); // the recent part of it, so that what is shown is fresh
      }
      ledgers.failed(LedgerName.FUNDING, failure);
    }
    return ended;
  }
}
