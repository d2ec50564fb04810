package io.okxexporter.poll;

import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.User;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Tells when each user is asked next, and at which interval its units are refreshed. */
final class NextPolls {
  private final LongSupplier now;
  private final List<PollListener> listeners;
  private final Map<User, Plan> announced = new HashMap<>();

  private record Plan(RateLimitGroup budget, Duration interval) {}

  NextPolls(LongSupplier now, List<PollListener> listeners) {
    this.now = now;
    this.listeners = listeners;
  }

  /** The plan of this budget may have changed. */
  void tell(Budget budget) {
    Plan plan = new Plan(budget.group(), budget.refreshInterval());
    for (UserSchedule rounds : budget.rounds()) {
      if (!plan.equals(announced.put(rounds.user(), plan))) {
        listeners.forEach(it -> it.planned(rounds.user(), plan.budget(), plan.interval()));
      }
    }
    for (UserSchedule rounds : budget.rounds()) {
      long at = budget.nextOf(rounds);
      Duration in = at == Budget.NEVER ? null : Duration.ofNanos(Math.max(0, at - now.getAsLong()));
      listeners.forEach(it -> it.next(rounds.user(), in));
    }
  }

  /** Forgets the plans of all others, so that they are announced again should these come back. */
  void retain(Set<User> users) {
    announced.keySet().retainAll(users);
  }
}
