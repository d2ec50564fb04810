package io.okxexporter.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the samples of one scrape, family by family. */
final class Samples {
  private final Map<Family, List<GaugeDataPointSnapshot>> gauges = new EnumMap<>(Family.class);
  private final Map<Family, List<CounterDataPointSnapshot>> counters = new EnumMap<>(Family.class);
  private final Map<Family, List<InfoDataPointSnapshot>> infos = new EnumMap<>(Family.class);

  void gauge(Family family, Labels labels, double value) {
    gauges
        .computeIfAbsent(family, key -> new ArrayList<>())
        .add(new GaugeDataPointSnapshot(value, labels, null));
  }

  /** In seconds; nothing where there is no instant. */
  void gauge(Family family, Labels labels, @Nullable Instant instant) {
    if (instant != null) {
      gauge(family, labels, instant.getEpochSecond() + instant.getNano() / 1e9);
    }
  }

  /** In seconds; nothing where there is no duration. */
  void gauge(Family family, Labels labels, @Nullable Duration duration) {
    if (duration != null) {
      gauge(family, labels, duration.toNanos() / 1e9);
    }
  }

  void counter(Family family, Labels labels, long value) {
    counters
        .computeIfAbsent(family, key -> new ArrayList<>())
        .add(new CounterDataPointSnapshot(value, labels, null, 0L));
  }

  void info(Family family, Labels labels) {
    infos.computeIfAbsent(family, key -> new ArrayList<>()).add(new InfoDataPointSnapshot(labels));
  }

  /** The families that have samples. */
  List<MetricSnapshot> snapshots() {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    gauges.forEach((family, points) -> snapshots.add(new GaugeSnapshot(family.metadata(), points)));
    counters.forEach(
        (family, points) -> snapshots.add(new CounterSnapshot(family.metadata(), points)));
    infos.forEach((family, points) -> snapshots.add(new InfoSnapshot(family.metadata(), points)));
    return snapshots;
  }
}
