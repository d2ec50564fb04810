package io.okxexporter.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;

/**
 * A tree that caches label sets, as creating one costs more than writing its sample. Not
 * thread-safe.
 */
final class LabelCache {
  /** Far more than a user needs; a limit, as some label values come from OKX. */
  private static final int MAX_CHILDREN = 256;

  private final Labels labels;
  private final String lastName;
  private final String lastValue;
  private final List<LabelCache> children = new ArrayList<>(0);

  /** The index to try first, as the order of lookups seldom changes. */
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

  /** These labels and one more. */
  LabelCache with(String name, String value) {
    for (int i = 0; i < children.size(); i++) {
      LabelCache known = children.get(next);
      next = (next + 1) % children.size();
      if (known.lastName.equals(name) && known.lastValue.equals(value)) {
        return known;
      }
    }
    return add(name, value);
  }

  private LabelCache add(String name, String value) {
    if (children.size() >= MAX_CHILDREN) {
      children.clear();
    }
    LabelCache added = new LabelCache(labels.add(name, value), name, value);
    children.add(added);
    next = 0;
    return added;
  }
}
