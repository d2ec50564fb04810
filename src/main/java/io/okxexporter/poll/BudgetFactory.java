package io.okxexporter.poll;

import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Who shares a budget with whom as configured, and when each begins. */
public final class BudgetFactory {
  private BudgetFactory() {}

  /**
   * Budgets for users that arrive; their first rounds are spread over the interval.
   *
   * @param all the users of the process, who share its bound
   * @param paused whether each waits until it is admitted
   */
  static List<Budget> of(
      List<User> arriving,
      List<User> all,
      PollLimits limits,
      Backoff backoff,
      boolean paused,
      long now) {
    Map<User, UserSchedule> rounds = new HashMap<>();
    for (User user : arriving) {
      long phase = now + phase(rounds.size(), arriving.size(), limits.pollInterval());
      rounds.put(user, new UserSchedule(user, limits.pollInterval(), phase, backoff, paused));
    }
    Duration leastInterval = leastInterval(all, limits);
    List<Budget> budgets = new ArrayList<>();
    for (List<User> group : RateLimitGroup.members(arriving).values()) {
      List<UserSchedule> sharing =
          group.stream().map(user -> Objects.requireNonNull(rounds.get(user))).toList();
      budgets.add(new Budget(sharing, group.get(0).gap(), leastInterval, now));
    }
    return budgets;
  }

  /** Who is to share with whom, by user. */
  static Map<User, List<User>> groupOfEach(List<User> users) {
    Map<User, List<User>> groups = new HashMap<>();
    RateLimitGroup.members(users)
        .values()
        .forEach(group -> group.forEach(user -> groups.put(user, group)));
    return groups;
  }

  /** The bound of the process may make rounds longer than any budget does. */
  private static Duration leastInterval(List<User> users, PollLimits limits) {
    int units = users.stream().mapToInt(user -> user.ccys().size()).sum();
    long round = (long) (units / limits.maxRequestsPerSecond() * 1e9);
    return Duration.ofNanos(Math.max(round, limits.pollInterval().toNanos()));
  }

  /** How long after all begins the one at this place does. */
  public static long phase(int index, int count, Duration pollInterval) {
    return (long) ((double) pollInterval.toNanos() * index / count);
  }
}
