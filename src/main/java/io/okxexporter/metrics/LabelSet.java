package io.okxexporter.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashMap;
import java.util.Map;

/**
 * Labels, and the longer ones made from them, each made once: making them costs more than writing
 * the sample. Not for several threads at once.
 */
final class LabelSet {
  /** Far more than a user has of anything; what OKX names must not grow for ever. */
  private static final int MOST = 256;

  private final Labels labels;
  private Map<Map.Entry<String, String>, LabelSet> longer = Map.of();

  LabelSet(Labels labels) {
    this.labels = labels;
  }

  Labels labels() {
    return labels;
  }

  /** These and one more. */
  LabelSet with(String name, String value) {
    LabelSet known = longer.get(Map.entry(name, value));
    return known == null ? add(name, value) : known;
  }

  private LabelSet add(String name, String value) {
    if (longer.isEmpty() || longer.size() >= MOST) {
      longer = new HashMap<>();
    }
    LabelSet added = new LabelSet(labels.add(name, value));
    longer.put(Map.entry(name, value), added);
    return added;
  }
}
