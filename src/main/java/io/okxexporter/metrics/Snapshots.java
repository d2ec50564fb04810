package io.okxexporter.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** Makes the library's samples and snapshots of a family. */
final class Snapshots {
  private Snapshots() {}

  /** A sample of a family, which must not be a histogram. */
  static DataPointSnapshot sample(MetricFamily family, Labels labels, double value) {
    return switch (family.type()) {
      case GAUGE -> new GaugeDataPointSnapshot(value, labels, null);
      case COUNTER -> new CounterDataPointSnapshot(value, labels, null, 0L);
      case INFO -> new InfoDataPointSnapshot(labels);
      default -> throw new IllegalStateException(family.exposedName());
    };
  }

  /** The number of a sample; an info's is 1. */
  static double value(DataPointSnapshot sample) {
    if (sample instanceof GaugeDataPointSnapshot gauge) {
      return gauge.getValue();
    }
    return sample instanceof CounterDataPointSnapshot counter ? counter.getValue() : 1;
  }

  /** A snapshot of a family, which must not be a histogram. */
  static MetricSnapshot snapshot(MetricFamily family, List<DataPointSnapshot> samples) {
    return switch (family.type()) {
      case GAUGE ->
          new GaugeSnapshot(family.metadata(), cast(samples, GaugeDataPointSnapshot.class));
      case COUNTER ->
          new CounterSnapshot(family.metadata(), cast(samples, CounterDataPointSnapshot.class));
      case INFO -> new InfoSnapshot(family.metadata(), cast(samples, InfoDataPointSnapshot.class));
      default -> throw new IllegalStateException(family.exposedName());
    };
  }

  private static <T> List<T> cast(List<DataPointSnapshot> samples, Class<T> type) {
    return samples.stream().map(type::cast).toList();
  }
}
