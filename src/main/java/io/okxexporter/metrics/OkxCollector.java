package io.okxexporter.metrics;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.store.View;
import io.okxexporter.store.View.UnitView;
import io.okxexporter.store.View.UserView;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns one consistent view into the samples of the metric contract. */
public final class OkxCollector implements MultiCollector {
  private static final String ENDPOINT = Endpoint.ASSET_VALUATION.path();

  private final Supplier<View> view;
  private final boolean simulated;
  private final InfoSnapshot buildInfo;
  private final Histogram durations;

  /**
   * @param view called once a scrape
   * @param simulated whether the numbers are play money
   */
  public OkxCollector(Supplier<View> view, String version, String revision, boolean simulated) {
    this.view = view;
    this.simulated = simulated;
    Labels build =
        Labels.of(
            "version", version, "revision", revision, "java_version", Runtime.version().toString());
    buildInfo =
        new InfoSnapshot(
            Family.OKX_EXPORTER_BUILD_INFO.metadata(), List.of(new InfoDataPointSnapshot(build)));
    Family family = Family.OKX_API_REQUEST_DURATION_SECONDS;
    durations =
        Histogram.builder()
            .name(family.exposedName())
            .help(family.help())
            .labelNames(family.labelNames().toArray(String[]::new))
            // Prometheus would drop the classic buckets beside native ones, and break panels.
            .classicOnly()
            .classicUpperBounds(0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10)
            .build();
    durations.initLabelValues(ENDPOINT);
  }

  /** How long a request took. */
  public void observe(Endpoint endpoint, Duration took) {
    durations.labelValues(endpoint.path()).observe(took.toNanos() / 1e9);
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    samples.gauge(Family.OKX_EXPORTER_SIMULATED, Labels.EMPTY, simulated ? 1 : 0);
    view.get().users().forEach(user -> add(samples, user));
    List<MetricSnapshot> snapshots = samples.snapshots();
    snapshots.add(buildInfo);
    snapshots.add(durations.collect());
    return new MetricSnapshots(snapshots);
  }

  private static void add(Samples samples, UserView view) {
    User user = view.user();
    Labels name = user.name() == null ? Labels.EMPTY : Labels.of("user", user.name());
    samples.gauge(Family.OKX_UP, name, view.up() ? 1 : 0);
    samples.gauge(Family.OKX_RATE_LIMIT_REQUESTS_PER_SECOND, name, user.maxRequestsPerSecond());
    addCounters(samples, name, view);
    for (UnitView unit : view.units()) {
      Labels labels = name.add("ccy", unit.ccy());
      samples.gauge(Family.OKX_POLL_INTERVAL_SECONDS, labels, view.pollInterval());
      addUnit(samples, labels, unit);
    }
  }

  private static void addCounters(Samples samples, Labels name, UserView view) {
    Labels endpoint = name.add("endpoint", ENDPOINT);
    samples.counter(Family.OKX_API_REQUESTS_TOTAL, endpoint, view.requests());
    view.failures()
        .forEach(
            (reason, count) ->
                samples.counter(
                    Family.OKX_API_REQUEST_FAILURES_TOTAL,
                    endpoint.add("reason", reason.label()),
                    count));
    view.errors()
        .forEach(
            (code, count) ->
                samples.counter(Family.OKX_API_ERRORS_TOTAL, name.add("code", code), count));
  }

  private static void addUnit(Samples samples, Labels labels, UnitView unit) {
    addValuation(samples, labels, unit.valuation());
    samples.gauge(Family.OKX_ASSET_VALUATION_TIMESTAMP_SECONDS, labels, unit.updatedAt());
    samples.gauge(Family.OKX_ASSET_VALUATION_AGE_SECONDS, labels, unit.age());
    samples.gauge(Family.OKX_LAST_SUCCESS_TIMESTAMP_SECONDS, labels, unit.lastSuccess());
    samples.gauge(Family.OKX_LAST_ATTEMPT_TIMESTAMP_SECONDS, labels, unit.lastAttempt());
    if (unit.failing() != null) {
      String reason = unit.failing().reason().label();
      samples.gauge(Family.OKX_FAILING, labels.add("reason", reason), 1);
    }
  }

  private static void addValuation(Samples samples, Labels labels, @Nullable Valuation valuation) {
    if (valuation == null) {
      return;
    }
    samples.gauge(Family.OKX_TOTAL_ASSET_VALUATION, labels, valuation.total().doubleValue());
    valuation
        .accounts()
        .forEach(
            (account, value) ->
                samples.gauge(
                    Family.OKX_ASSET_VALUATION,
                    labels.add("account", account),
                    value.doubleValue()));
  }

  @Override
  public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
    return Arrays.stream(Family.values()).map(Family::descriptor).toList();
  }
}
