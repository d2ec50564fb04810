package io.okxexporter.poll;

import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.User;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Notifies listeners of each user's next poll and of the refresh interval of its units. */
final class NextPolls {
  private final LongSupplier now;
  private final List<PollListener> listeners;
  private final Map<User, Plan> announced = new HashMap<>();

  private record Plan(RateLimitGroup budget, Duration interval) {}

  NextPolls(LongSupplier now, List<PollListener> listeners) {
    this.now = now;
    this.listeners = listeners;
  }

  /** Notifies of this budget's plan if it has changed, and of its users' next polls. */
  void update(Budget budget) {
    Plan plan = new Plan(budget.group(), budget.refreshInterval());
    for (UserSchedule schedule : budget.schedules()) {
      if (!plan.equals(announced.put(schedule.user(), plan))) {
        listeners.forEach(it -> it.planned(schedule.user(), plan.budget(), plan.interval()));
      }
    }
    for (UserSchedule schedule : budget.schedules()) {
      long at = budget.nextPollOf(schedule);
      Duration in = at == Budget.NEVER ? null : Duration.ofNanos(Math.max(0, at - now.getAsLong()));
      listeners.forEach(it -> it.next(schedule.user(), in));
    }
  }

  /** Forgets the plans of all other users, so that they are announced again if these return. */
  void retain(Set<User> users) {
    announced.keySet().retainAll(users);
  }
}
