package io.okxexporter.metrics;

import io.okxexporter.model.User;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashMap;
import java.util.Map;

/** The labels of each user, made once. Not for several threads at once. */
final class UserLabels {
  /** Of a user without a name, and of what belongs to no user. */
  private final LabelCache nobody = new LabelCache(Labels.EMPTY);

  private final Map<String, LabelCache> byName = new HashMap<>();

  LabelCache nobody() {
    return nobody;
  }

  LabelCache of(User user) {
    return user.name() == null
        ? nobody
        : byName.computeIfAbsent(user.name(), name -> new LabelCache(Labels.of("user", name)));
  }

  /**
   * Forgets those of users who are gone; the next scrape makes the others' again.
   *
   * @param known how many users there are
   */
  void keep(int known) {
    if (byName.size() > known) {
      byName.clear();
    }
  }
}
