package io.okxexporter.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The units that OpenMetrics states, by the last word of a family's name. */
final class NamedUnits {
  private static final List<Unit> UNITS = List.of(Unit.SECONDS, Unit.BYTES);

  private NamedUnits() {}

  /** Returns the unit in a family's name without {@code _total}; null where it has none. */
  static @Nullable Unit of(String family) {
    return UNITS.stream().filter(unit -> family.endsWith("_" + unit)).findFirst().orElse(null);
  }

  /** Adds the units that Micrometer leaves out. */
  static MetricSnapshots added(MetricSnapshots snapshots) {
    return new MetricSnapshots(snapshots.stream().map(NamedUnits::added).toList());
  }

  private static MetricSnapshot added(MetricSnapshot snapshot) {
    MetricMetadata metadata = snapshot.getMetadata();
    Unit unit = of(metadata.getName());
    return metadata.hasUnit() || unit == null
        ? snapshot
        : with(new MetricMetadata(metadata.getName(), metadata.getHelp(), unit), snapshot);
  }

  private static MetricSnapshot with(MetricMetadata metadata, MetricSnapshot snapshot) {
    if (snapshot instanceof GaugeSnapshot gauge) {
      return new GaugeSnapshot(metadata, gauge.getDataPoints());
    }
    if (snapshot instanceof CounterSnapshot counter) {
      return new CounterSnapshot(metadata, counter.getDataPoints());
    }
    return snapshot instanceof SummarySnapshot summary
        ? new SummarySnapshot(metadata, summary.getDataPoints())
        : snapshot;
  }
}
