package io.okxexporter.metrics;

import io.okxexporter.model.User;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashMap;
import java.util.Map;

/** Caches the labels of each user. Not thread-safe. */
final class UserLabels {
  /** For a user without a name and for requests without a user. */
  private final LabelCache unnamed = new LabelCache(Labels.EMPTY);

  private final Map<String, LabelCache> byName = new HashMap<>();

  LabelCache unnamed() {
    return unnamed;
  }

  LabelCache of(User user) {
    return user.name() == null
        ? unnamed
        : byName.computeIfAbsent(user.name(), name -> new LabelCache(Labels.of("user", name)));
  }

  /**
   * Clears the cache if users have left; the next scrape fills it again.
   *
   * @param known the number of users
   */
  void keep(int known) {
    if (byName.size() > known) {
      byName.clear();
    }
  }
}
