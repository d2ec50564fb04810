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
public final class Budgets {
  private Budgets() {}

  /**
   * Budgets for users that arrive; their first rounds are spread over the interval.
   *
   * @param all the users of the process, who share its bound
   * @param held whether each waits until it is admitted
   */
  static List<Budget> of(
      List<User> arriving, List<User> all, Pace pace, Backoff backoff, boolean held, long now) {
    Map<User, UserRounds> rounds = new HashMap<>();
    for (User user : arriving) {
      long phase = now + phase(rounds.size(), arriving.size(), pace.pollInterval());
      rounds.put(user, new UserRounds(user, pace.pollInterval(), phase, backoff, held));
    }
    Duration leastInterval = leastInterval(all, pace);
    List<Budget> budgets = new ArrayList<>();
    for (List<User> group : RateLimitGroup.members(arriving).values()) {
      List<UserRounds> sharing =
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
  private static Duration leastInterval(List<User> users, Pace pace) {
    int units = users.stream().mapToInt(user -> user.ccys().size()).sum();
    long round = (long) (units / pace.maxRequestsPerSecond() * 1e9);
    return Duration.ofNanos(Math.max(round, pace.pollInterval().toNanos()));
  }

  /** How long after all begins the one at this place does. */
  public static long phase(int index, int count, Duration pollInterval) {
    return (long) ((double) pollInterval.toNanos() * index / count);
  }
}
