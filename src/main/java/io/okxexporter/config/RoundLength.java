package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.User;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How long it takes to ask for every unit of one budget once.
 *
 * @param who whose budget it is, for a report
 * @param units units of all its users
 * @param length how long a round of them takes
 */
record RoundLength(String who, int units, Duration length) {
  /** What an answer may take, on top of the gap. */
  private static final Duration LATENCY = Duration.ofSeconds(1);

  /** A value must survive a round that fails, and the back-off after it. */
  private static final int ROUNDS_UNTIL_STALE = 3;

  /** The longest round of all budgets. */
  static RoundLength longest(List<User> users) {
    return RateLimitGroup.members(users).entrySet().stream()
        .map(group -> of(group.getKey(), group.getValue()))
        .max(Comparator.comparing(RoundLength::length))
        .orElseGet(() -> new RoundLength("nobody", 0, Duration.ZERO));
  }

  private static RoundLength of(RateLimitGroup group, List<User> users) {
    // Two users of one name are refused for that, and are not one round.
    List<User> sharing = group.shared() ? users : users.subList(0, 1);
    int units = sharing.stream().map(User::ccys).mapToInt(Collection::size).sum();
    String who = (group.shared() ? "rate_limit_group " : "user ") + Problem.quoted(group.name());
    return new RoundLength(who, units, users.get(0).gap().plus(LATENCY).multipliedBy(units));
  }

  /**
   * The {@code stale_after}, if it does not withdraw values between two rounds.
   *
   * @param pollInterval the least time from one round to the next
   */
  Duration checked(Duration staleAfter, Duration pollInterval) throws InvalidValueException {
    Duration least = max(length, pollInterval).multipliedBy(ROUNDS_UNTIL_STALE);
    if (staleAfter.compareTo(least) < 0) {
      String reason = length.compareTo(pollInterval) > 0 ? description() : "poll_interval";
      throw new InvalidValueException(
          "expected at least " + DurationParser.format(least) + ", three times " + reason);
    }
    return staleAfter;
  }

  /** Says when the bound of the whole process makes rounds longer than any budget does. */
  static List<String> warnings(Config config) {
    int units = config.users().stream().map(User::ccys).mapToInt(Collection::size).sum();
    double seconds = units / config.maxRequestsPerSecondTotal();
    Duration least = Duration.ofMillis((long) Math.ceil(seconds * ROUNDS_UNTIL_STALE * 1000));
    if (config.staleAfter().compareTo(least) >= 0) {
      return List.of();
    }
    String rate = RateParser.format(config.maxRequestsPerSecondTotal());
    Problem problem =
        new Problem(
            "max_requests_per_second_total",
            rate,
            "too low for "
                + units
                + " units and stale_after "
                + DurationParser.format(config.staleAfter())
                + ", which should be at least "
                + DurationParser.format(least));
    return List.of(problem.toString());
  }

  private String description() {
    String of = units == 1 ? "the one unit of " : "a round of the " + units + " units of ";
    return of + who + " (" + DurationParser.format(length) + ")";
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
