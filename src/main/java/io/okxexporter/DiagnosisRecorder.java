package io.okxexporter;

import io.okxexporter.metrics.OkxCollector;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.KeyFacts;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.User;
import io.okxexporter.schedule.DiagnosisListener;
import io.okxexporter.store.Store;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Writes down what the diagnosis finds: into the store, the histogram and the log. */
final class DiagnosisRecorder implements DiagnosisListener {
  private final Store store;
  private final OkxCollector collector;
  private final DiagnosisLog log = new DiagnosisLog();

  DiagnosisRecorder(Store store, OkxCollector collector) {
    this.store = store;
    this.collector = collector;
  }

  @Override
  public void asked(User user, Endpoint endpoint) {
    store.sent(user, endpoint);
  }

  @Override
  public void asked(URI host, Endpoint endpoint) {
    store.sent(endpoint);
  }

  @Override
  public void took(Endpoint endpoint, Duration took) {
    collector.observe(endpoint, took);
  }

  @Override
  public void identified(User user, Outcome<KeyFacts> facts, boolean refused) {
    store.identified(user, facts, refused);
    log.identified(user, facts, refused);
  }

  @Override
  public void joined(User one, User other) {
    log.joined(one, other);
  }

  @Override
  public void measured(URI host, Outcome<Duration> skew) {
    store.measured(host, skew);
    log.measured(host, skew);
  }

  @Override
  public void forgotten(URI host, Endpoint endpoint) {
    store.forget(host, endpoint);
  }

  @Override
  public void announced(URI host, Outcome<List<Maintenance>> maintenance) {
    store.announced(host, maintenance);
    log.announced(host, maintenance);
  }
}
