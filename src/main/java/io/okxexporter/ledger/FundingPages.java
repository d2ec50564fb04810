package io.okxexporter.ledger;

import io.okxexporter.ledger.FundingLedger.PageQuery;
import io.okxexporter.model.Bill;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Reads the funding ledger of one User ID. */
final class FundingPages implements LedgerReading.Pages<List<Bill>> {
  private final UserIdLedgers ledgers;
  private final FundingLedger funding;
  private boolean began;
  private boolean published;

  FundingPages(UserIdLedgers ledgers) {
    this.ledgers = ledgers;
    funding = new FundingLedger(ledgers.context().types());
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
    PageQuery query = funding.next(now());
    ledgers.context().okx().fundingBills(user, query.provider(), query.before(), done);
  }

  @Override
  public void page(List<Bill> page) {
    if (funding.page(page, now())) {
      published = true;
      publish();
    }
  }

  private void publish() {
    funding.flows(now()).ifPresent(ledgers::flowed);
  }

  @Override
  public void finished() {
    publish();
    ledgers.read(LedgerName.FUNDING);
  }

  @Override
  public Duration interval() {
    return ledgers.interval(LedgerName.FUNDING, false);
  }

  @Override
  public boolean failed(Failure<List<Bill>> failure) {
    boolean ended = funding.failed(failure, now());
    if (ended) {
      if (published) {
        ledgers.read(LedgerName.FUNDING); // the recent part of it, so that what is shown is fresh
      }
      ledgers.failed(LedgerName.FUNDING, failure);
    }
    return ended;
  }

  private Instant now() {
    return ledgers.context().okxNow().apply(ledgers.user(0));
  }
}
