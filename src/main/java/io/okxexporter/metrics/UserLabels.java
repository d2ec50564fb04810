package io.okxexporter.metrics;

import io.okxexporter.model.User;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashMap;
import java.util.Map;

/** The labels of each user, made once. Not for several threads at once. */
final class UserLabels {
  /** Of a user without a name, and of what belongs to no user. */
  private final LabelSet nobody = new LabelSet(Labels.EMPTY);

  private final Map<String, LabelSet> byName = new HashMap<>();

  LabelSet nobody() {
    return nobody;
  }

  LabelSet of(User user) {
    return user.name() == null
        ? nobody
        : byName.computeIfAbsent(user.name(), name -> new LabelSet(Labels.of("user", name)));
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
