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
 * The samples of one family, given anew for each scrape in an order that seldom changes. What is as
 * it was at the last scrape is kept: samples, their places once sorted, and the whole snapshot.
 */
final class FamilySamples {
  private final MetricFamily family;
  private final List<DataPointSnapshot> samples = new ArrayList<>();
  private int count;
  private boolean moved;
  private boolean changed;
  private int[] sorted = {};
  private @Nullable MetricSnapshot snapshot;

  FamilySamples(MetricFamily family) {
    this.family = family;
  }

  /** A new scrape begins. */
  void begin() {
    count = 0;
  }

  void add(Labels labels, double value) {
    if (count == samples.size()) {
      samples.add(family.sample(labels, value));
      moved = true;
    } else if (!samples.get(count).getLabels().equals(labels)) {
      samples.set(count, family.sample(labels, value));
      moved = true;
    } else if (Double.compare(MetricFamily.value(samples.get(count)), value) != 0) {
      // The same object, by which the text of labels is found.
      samples.set(count, family.sample(samples.get(count).getLabels(), value));
      changed = true;
    }
    count++;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** All that was added since the scrape began. */
  MetricSnapshot snapshot() {
    if (count < samples.size()) {
      samples.subList(count, samples.size()).clear();
      moved = true;
    }
    if (moved) {
      sorted = sort();
    }
    MetricSnapshot known = snapshot;
    if (known == null || moved || changed) {
      known = family.snapshot(Arrays.stream(sorted).mapToObj(samples::get).toList());
    }
    snapshot = known;
    moved = false;
    changed = false;
    return known;
  }

  /** The library sorts as well, but what is sorted already costs it little. */
  private int[] sort() {
    return IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparing(place -> samples.get(place).getLabels()))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
