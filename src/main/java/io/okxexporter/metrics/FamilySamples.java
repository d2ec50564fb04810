package io.okxexporter.metrics;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one family, added for each scrape in an order that seldom changes. Reuses what has
 * not changed since the last scrape: samples, their sorted order and the whole snapshot.
 */
final class FamilySamples {
  private final MetricFamily family;
  private final List<DataPointSnapshot> samples = new ArrayList<>();
  private int count;
  private boolean reordered;
  private boolean changed;
  private int[] sorted = {};
  private @Nullable MetricSnapshot snapshot;

  FamilySamples(MetricFamily family) {
    this.family = family;
  }

  /** Begins a new scrape. */
  void begin() {
    count = 0;
  }

  void add(Labels labels, double value) {
    if (count == samples.size()) {
      samples.add(Snapshots.sample(family, labels, value));
      reordered = true;
    } else if (!samples.get(count).getLabels().equals(labels)) {
      samples.set(count, Snapshots.sample(family, labels, value));
      reordered = true;
    } else if (Double.compare(Snapshots.value(samples.get(count)), value) != 0) {
      // Keeps the same labels object, which identifies the cached text.
      samples.set(count, Snapshots.sample(family, samples.get(count).getLabels(), value));
      changed = true;
    }
    count++;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** All samples added since the scrape began. */
  MetricSnapshot snapshot() {
    if (count < samples.size()) {
      samples.subList(count, samples.size()).clear();
      reordered = true;
    }
    if (reordered) {
      sorted = sort();
    }
    MetricSnapshot current = snapshot;
    if (current == null || reordered || changed) {
      current = Snapshots.snapshot(family, Arrays.stream(sorted).mapToObj(samples::get).toList());
    }
    snapshot = current;
    reordered = false;
    changed = false;
    return current;
  }

  /** The library sorts, too, but sorted samples cost it little. */
  private int[] sort() {
    return IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparing(place -> samples.get(place).getLabels()))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
