package io.okxexporter.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;

/**
 * Labels, and the longer ones made from them, each made once: making them costs more than writing
 * the sample. Not for several threads at once.
 */
final class LabelSet {
  /** Far more than a user has of anything; what OKX names must not grow for ever. */
  private static final int MOST = 256;

  private final Labels labels;
  private final String name;
  private final String value;
  private final List<LabelSet> longer = new ArrayList<>(0);

  /** They are asked for in an order that seldom changes. */
  private int next;

  LabelSet(Labels labels) {
    this(labels, "", "");
  }

  private LabelSet(Labels labels, String name, String value) {
    this.labels = labels;
    this.name = name;
    this.value = value;
  }

  Labels labels() {
    return labels;
  }

  /** These and one more. */
  LabelSet with(String longerBy, String its) {
    for (int i = 0; i < longer.size(); i++) {
      LabelSet known = longer.get(next);
      next = (next + 1) % longer.size();
      if (known.name.equals(longerBy) && known.value.equals(its)) {
        return known;
      }
    }
    return add(longerBy, its);
  }

  private LabelSet add(String longerBy, String its) {
    if (longer.size() >= MOST) {
      longer.clear();
    }
    LabelSet added = new LabelSet(labels.add(longerBy, its), longerBy, its);
    longer.add(added);
    next = 0;
    return added;
  }
}
