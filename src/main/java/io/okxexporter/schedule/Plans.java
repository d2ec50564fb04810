package io.okxexporter.schedule;

import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.User;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Tells when each user is asked next, and at which interval its units are refreshed. */
final class Plans {
  private final LongSupplier now;
  private final PollListener listener;
  private final Map<User, Plan> announced = new HashMap<>();

  private record Plan(RateLimitGroup budget, Duration interval) {}

  Plans(LongSupplier now, PollListener listener) {
    this.now = now;
    this.listener = listener;
  }

  /** The plan of this budget may have changed. */
  void tell(Budget budget) {
    Plan plan = new Plan(budget.group(), budget.refreshInterval());
    for (UserRounds rounds : budget.rounds()) {
      if (!plan.equals(announced.put(rounds.user(), plan))) {
        listener.planned(rounds.user(), plan.budget(), plan.interval());
      }
    }
    for (UserRounds rounds : budget.rounds()) {
      long at = budget.nextOf(rounds);
      long in = Math.max(0, at - now.getAsLong());
      listener.next(rounds.user(), at == Budget.NEVER ? null : Duration.ofNanos(in));
    }
  }

  /** Forgets the plans of all others, so that they are announced again should these come back. */
  void retain(Set<User> users) {
    announced.keySet().retainAll(users);
  }
}
