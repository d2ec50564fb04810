package io.okxexporter.poll;

import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Creates the budgets of the configured rate limit groups and spreads their first polls. */
public final class BudgetFactory {
  private BudgetFactory() {}

  /**
   * Creates the budgets of arriving users and spreads their first polls over the poll interval.
   *
   * @param all the users of the process, which share its rate limit
   * @param paused whether each user waits until it is admitted
   */
  static List<Budget> of(
      List<User> arriving,
      List<User> all,
      PollLimits limits,
      Backoff backoff,
      boolean paused,
      long now) {
    Map<User, UserSchedule> schedules = new HashMap<>();
    for (User user : arriving) {
      long phase = now + phase(schedules.size(), arriving.size(), limits.pollInterval());
      schedules.put(user, new UserSchedule(user, limits.pollInterval(), phase, backoff, paused));
    }
    Duration minInterval = minInterval(all, limits);
    List<Budget> budgets = new ArrayList<>();
    for (List<User> group : RateLimitGroup.members(arriving).values()) {
      List<UserSchedule> sharing =
          group.stream().map(user -> Objects.requireNonNull(schedules.get(user))).toList();
      budgets.add(new Budget(sharing, group.get(0).gap(), minInterval, now));
    }
    return budgets;
  }

  /** The users in each user's rate limit group, by user. */
  static Map<User, List<User>> groupOfEach(List<User> users) {
    Map<User, List<User>> groups = new HashMap<>();
    RateLimitGroup.members(users)
        .values()
        .forEach(group -> group.forEach(user -> groups.put(user, group)));
    return groups;
  }

  /** The process's rate limit may make the interval longer than any budget does. */
  private static Duration minInterval(List<User> users, PollLimits limits) {
    int units = users.stream().mapToInt(user -> user.ccys().size()).sum();
    long cycle = (long) (units / limits.maxRequestsPerSecond() * 1e9);
    return Duration.ofNanos(Math.max(cycle, limits.pollInterval().toNanos()));
  }

  /** The delay, in nanoseconds, that spreads the first poll of the index-th of count users. */
  public static long phase(int index, int count, Duration pollInterval) {
    return (long) ((double) pollInterval.toNanos() * index / count);
  }
}
