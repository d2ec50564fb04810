package io.okxexporter.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the samples of each scrape by family. */
final class ScrapeSamples {
  private final Map<MetricFamily, FamilySamples> families = new EnumMap<>(MetricFamily.class);

  /** Begins a new scrape. */
  void begin() {
    families.values().forEach(FamilySamples::begin);
  }

  void add(MetricFamily family, Labels labels, double value) {
    families.computeIfAbsent(family, FamilySamples::new).add(labels, value);
  }

  /** Adds the instant in Unix seconds, or nothing if null. */
  void add(MetricFamily family, Labels labels, @Nullable Instant instant) {
    if (instant != null) {
      add(family, labels, instant.getEpochSecond() + instant.getNano() / 1e9);
    }
  }

  /** Adds the duration in seconds, or nothing if null. */
  void add(MetricFamily family, Labels labels, @Nullable Duration duration) {
    if (duration != null) {
      add(family, labels, duration.toNanos() / 1e9);
    }
  }

  /** The families with samples since the scrape began. */
  List<MetricSnapshot> snapshots() {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    for (FamilySamples samples : families.values()) {
      if (!samples.isEmpty()) {
        snapshots.add(samples.snapshot());
      }
    }
    return snapshots;
  }
}
