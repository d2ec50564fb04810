package io.okxexporter;

import io.okxexporter.metrics.OkxCollector;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.schedule.PollListener;
import io.okxexporter.store.Store;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes down how polls go: into the store, the histogram and the log. */
final class PollRecorder implements PollListener {
  private final Store store;
  private final OkxCollector collector;
  private final PollLog log = new PollLog();

  PollRecorder(Store store, OkxCollector collector) {
    this.store = store;
    this.collector = collector;
  }

  @Override
  public void planned(User user, RateLimitGroup budget, Duration refreshInterval) {
    store.planned(user, budget, refreshInterval);
  }

  @Override
  public void next(User user, @Nullable Duration in) {
    store.next(user, in);
  }

  @Override
  public void sent(User user, String ccy) {
    store.sent(user, Endpoint.ASSET_VALUATION);
  }

  @Override
  public void finished(User user, String ccy, Outcome<Valuation> outcome, Duration took) {
    store.valued(user, ccy, outcome);
    collector.observe(Endpoint.ASSET_VALUATION, took);
    log.finished(user, ccy, outcome);
  }
}
