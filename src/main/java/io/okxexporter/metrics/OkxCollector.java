package io.okxexporter.metrics;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Region;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.poll.PollListener;
import io.okxexporter.store.EndpointCounts;
import io.okxexporter.store.RequestCounts;
import io.okxexporter.store.UnitView;
import io.okxexporter.store.UserView;
import io.okxexporter.store.View;
import io.okxexporter.store.View.HostView;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts one consistent view into the samples of the metric contract. */
public final class OkxCollector implements MultiCollector, PollListener {
  private final Supplier<View> view;
  private final boolean simulated;
  private final InfoSnapshot buildInfo;
  private final Histogram durations;

  private final UserLabels users = new UserLabels();
  private final ScrapeSamples samples = new ScrapeSamples();

  /**
   * @param view called once per scrape
   * @param simulated whether the values come from the simulated exchange
   */
  public OkxCollector(Supplier<View> view, String version, String revision, boolean simulated) {
    this.view = view;
    this.simulated = simulated;
    Labels build =
        Labels.of(
            "version", version, "revision", revision, "java_version", Runtime.version().toString());
    buildInfo =
        new InfoSnapshot(
            MetricFamily.OKX_EXPORTER_BUILD_INFO.metadata(),
            List.of(new InfoDataPointSnapshot(build)));
    MetricFamily family = MetricFamily.OKX_API_REQUEST_DURATION_SECONDS;
    durations =
        Histogram.builder()
            .name(family.exposedName())
            .help(family.help())
            .unit(family.metadata().getUnit())
            .labelNames(family.labelNames().toArray(String[]::new))
            // With native buckets Prometheus would drop the classic ones, which panels need.
            .classicOnly()
            .classicUpperBounds(0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10)
            .build();
    durations.initLabelValues(Endpoint.ASSET_VALUATION.path());
  }

  @Override
  public void took(Endpoint endpoint, Duration took) {
    durations.labelValues(endpoint.path()).observe(took.toNanos() / 1e9);
  }

  /** Synchronized because of the label caches. */
  @Override
  public synchronized MetricSnapshots collect() {
    samples.begin();
    samples.add(MetricFamily.OKX_EXPORTER_SIMULATED, Labels.EMPTY, simulated ? 1 : 0);
    View now = view.get();
    samples.add(
        MetricFamily.OKX_EXPORTER_CONFIG_LAST_RELOAD_SUCCESSFUL,
        Labels.EMPTY,
        now.reloads().successful() ? 1 : 0);
    samples.add(
        MetricFamily.OKX_EXPORTER_CONFIG_LAST_RELOAD_SUCCESS_TIMESTAMP_SECONDS,
        Labels.EMPTY,
        now.reloads().lastSuccess());
    addAssigned(now);
    Map<Labels, Long> errors = new HashMap<>();
    for (UserView user : now.users()) {
      LabelCache name = users.of(user.user());
      add(samples, name, user);
      count(errors, name, user.requests());
    }
    users.keep(now.users().size() + now.replica().others().size());
    hostsByLabel(now).values().forEach(host -> add(samples, host));
    // Requests without a key are counted by endpoint only, not by host.
    addRequests(samples, users.unnamed(), now.keyless());
    count(errors, users.unnamed(), now.keyless());
    LedgerSamples.addPrices(samples, now);
    errors.forEach(
        (labels, sum) -> samples.add(MetricFamily.OKX_API_ERRORS_TOTAL, labels, (double) sum));
    List<MetricSnapshot> snapshots = samples.snapshots();
    snapshots.add(buildInfo);
    snapshots.add(durations.collect());
    return new MetricSnapshots(snapshots);
  }

  private void addAssigned(View view) {
    samples.add(MetricFamily.OKX_EXPORTER_USERS_HELD, Labels.EMPTY, view.users().size());
    view.users()
        .forEach(
            assigned ->
                samples.add(
                    MetricFamily.OKX_EXPORTER_USER_HELD, users.of(assigned.user()).labels(), 1));
    view.replica()
        .others()
        .forEach(
            other -> samples.add(MetricFamily.OKX_EXPORTER_USER_HELD, users.of(other).labels(), 0));
  }

  private static void add(ScrapeSamples samples, LabelCache name, UserView view) {
    samples.add(MetricFamily.OKX_UP, name.labels(), view.up() ? 1 : 0);
    samples.add(
        MetricFamily.OKX_RATE_LIMIT_REQUESTS_PER_SECOND,
        name.labels(),
        view.user().maxRequestsPerSecond());
    addUserInfo(samples, name, view.user());
    addRequests(samples, name, view.requests());
    addKeyInfo(samples, name.labels(), view.keyInfo());
    LedgerSamples.add(samples, name.labels(), view.ledgers());
    for (UnitView unit : view.units()) {
      LabelCache labels = name.with("ccy", unit.ccy());
      samples.add(MetricFamily.OKX_POLL_INTERVAL_SECONDS, labels.labels(), view.pollInterval());
      addUnit(samples, labels, unit);
    }
  }

  private static void addUserInfo(ScrapeSamples samples, LabelCache name, User user) {
    LabelCache labels =
        name.with("region", Region.nameOf(user.baseUrl()))
            .with("demo", Boolean.toString(user.demo()));
    samples.add(MetricFamily.OKX_USER_INFO, labels.labels(), 1);
  }

  private static void addRequests(ScrapeSamples samples, LabelCache name, RequestCounts requests) {
    requests.byEndpoint().forEach((endpoint, counts) -> add(samples, name, endpoint, counts));
  }

  /** Adds up a user without a name and requests without a key, as they have the same labels. */
  private static void count(Map<Labels, Long> errors, LabelCache name, RequestCounts requests) {
    requests
        .errors()
        .forEach((code, count) -> errors.merge(name.with("code", code).labels(), count, Long::sum));
  }

  /** A host may occur with two schemes, but the label has none. */
  private static Map<String, HostView> hostsByLabel(View view) {
    Map<String, HostView> hosts = new LinkedHashMap<>();
    view.hosts().forEach(host -> hosts.putIfAbsent(host.host().getAuthority(), host));
    return hosts;
  }

  private static void add(
      ScrapeSamples samples, LabelCache name, Endpoint endpoint, EndpointCounts counts) {
    LabelCache labels = name.with("endpoint", endpoint.path());
    samples.add(MetricFamily.OKX_API_REQUESTS_TOTAL, labels.labels(), (double) counts.requests());
    counts
        .failures()
        .forEach(
            (reason, count) ->
                samples.add(
                    MetricFamily.OKX_API_REQUEST_FAILURES_TOTAL,
                    labels.with("reason", reason.label()).labels(),
                    (double) count));
  }

  private static void addKeyInfo(ScrapeSamples samples, Labels name, @Nullable ApiKeyInfo keyInfo) {
    if (keyInfo == null) {
      return;
    }
    samples.add(MetricFamily.OKX_API_KEY_READ_ONLY, name, keyInfo.readOnly() ? 1 : 0);
    samples.add(
        MetricFamily.OKX_API_KEY_INFO,
        name.merge(
            Labels.of(
                "uid", keyInfo.uid(),
                "main_uid", keyInfo.mainUid(),
                "account_type", keyInfo.accountType(),
                "permissions", String.join(",", keyInfo.permissions()),
                "ip_bound", Boolean.toString(keyInfo.ipBound()))),
        1);
  }

  private static void add(ScrapeSamples samples, HostView host) {
    Labels labels = Labels.of("host", host.host().getAuthority());
    samples.add(MetricFamily.OKX_CLOCK_SKEW_SECONDS, labels, host.skew());
    host.maintenance().stream()
        .collect(Collectors.groupingBy(window -> labels(labels, window)))
        .forEach((each, windows) -> addMaintenance(samples, each, windows));
  }

  private static Labels labels(Labels host, Maintenance window) {
    return host.add("state", window.state()).add("mode", window.demo() ? "demo" : "live");
  }

  private static void addMaintenance(
      ScrapeSamples samples, Labels labels, List<Maintenance> windows) {
    samples.add(MetricFamily.OKX_MAINTENANCE, labels, 1);
    samples.add(
        MetricFamily.OKX_MAINTENANCE_BEGIN_TIMESTAMP_SECONDS,
        labels,
        Collections.min(windows.stream().map(Maintenance::begin).toList()));
    samples.add(
        MetricFamily.OKX_MAINTENANCE_END_TIMESTAMP_SECONDS,
        labels,
        Collections.max(windows.stream().map(Maintenance::end).toList()));
  }

  private static void addUnit(ScrapeSamples samples, LabelCache cache, UnitView unit) {
    addValuation(samples, cache, unit.valuation());
    Labels labels = cache.labels();
    samples.add(MetricFamily.OKX_ASSET_VALUATION_TIMESTAMP_SECONDS, labels, unit.updatedAt());
    samples.add(MetricFamily.OKX_ASSET_VALUATION_AGE_SECONDS, labels, unit.age());
    samples.add(MetricFamily.OKX_LAST_SUCCESS_TIMESTAMP_SECONDS, labels, unit.lastSuccess());
    samples.add(MetricFamily.OKX_LAST_ATTEMPT_TIMESTAMP_SECONDS, labels, unit.lastAttempt());
    if (unit.failing() != null) {
      String reason = unit.failing().reason().label();
      samples.add(MetricFamily.OKX_FAILING, cache.with("reason", reason).labels(), 1);
    }
  }

  private static void addValuation(
      ScrapeSamples samples, LabelCache labels, @Nullable Valuation valuation) {
    if (valuation == null) {
      return;
    }
    samples.add(
        MetricFamily.OKX_TOTAL_ASSET_VALUATION, labels.labels(), valuation.total().doubleValue());
    valuation
        .accounts()
        .forEach(
            (account, value) ->
                samples.add(
                    MetricFamily.OKX_ASSET_VALUATION,
                    labels.with("account", account).labels(),
                    value.doubleValue()));
  }

  @Override
  public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
    return Arrays.stream(MetricFamily.values()).map(MetricFamily::descriptor).toList();
  }
}
