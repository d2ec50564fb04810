package io.okxexporter.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;

/**
 * Labels, and the longer ones made from them, each made once: making them costs more than writing
 * the sample. Not for several threads at once.
 */
final class LabelCache {
  /** Far more than a user has of anything; what OKX names must not grow for ever. */
  private static final int MOST = 256;

  private final Labels labels;
  private final String lastName;
  private final String lastValue;
  private final List<LabelCache> longer = new ArrayList<>(0);

  /** They are asked for in an order that seldom changes. */
  private int next;

  LabelCache(Labels labels) {
    this(labels, "", "");
  }

  private LabelCache(Labels labels, String name, String value) {
    this.labels = labels;
    lastName = name;
    lastValue = value;
  }

  Labels labels() {
    return labels;
  }

  /** These and one more. */
  LabelCache with(String name, String value) {
    for (int i = 0; i < longer.size(); i++) {
      LabelCache known = longer.get(next);
      next = (next + 1) % longer.size();
      if (known.lastName.equals(name) && known.lastValue.equals(value)) {
        return known;
      }
    }
    return add(name, value);
  }

  private LabelCache add(String name, String value) {
    if (longer.size() >= MOST) {
      longer.clear();
    }
    LabelCache added = new LabelCache(labels.add(name, value), name, value);
    longer.add(added);
    next = 0;
    return added;
  }
}
