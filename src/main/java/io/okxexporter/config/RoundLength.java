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
 * The time it takes to request every unit of one budget once.
 *
 * @param owner the user or group with this budget, for reports
 * @param units units of all its users
 * @param length the length of a round of them
 */
record RoundLength(String owner, int units, Duration length) {
  /** Allowance for a response, on top of the gap. */
  private static final Duration LATENCY = Duration.ofSeconds(1);

  /** A value must survive a round that fails, and the back-off after it. */
  private static final int ROUNDS_UNTIL_STALE = 3;

  /** The longest round of all budgets. */
  static RoundLength longest(List<User> users) {
    return RateLimitGroup.members(users).entrySet().stream()
        .map(group -> of(group.getKey(), group.getValue()))
        .max(Comparator.comparing(RoundLength::length))
        .orElseGet(() -> new RoundLength("no user", 0, Duration.ZERO));
  }

  private static RoundLength of(RateLimitGroup group, List<User> users) {
    // Users of the same name are rejected elsewhere, and do not form one round.
    List<User> sharing = group.shared() ? users : users.subList(0, 1);
    int units = sharing.stream().map(User::ccys).mapToInt(Collection::size).sum();
    String owner = (group.shared() ? "rate_limit_group " : "user ") + Problem.quoted(group.name());
    return new RoundLength(owner, units, users.get(0).gap().plus(LATENCY).multipliedBy(units));
  }

  /**
   * Returns the {@code stale_after}, if it does not withdraw values between two rounds.
   *
   * @param pollInterval the minimum time from one round to the next
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

  /** Warns where the limit of the whole process makes rounds too long for {@code stale_after}. */
  static List<String> warnings(Config config) {
    int units = config.users().stream().map(User::ccys).mapToInt(Collection::size).sum();
    double seconds = units / config.maxRequestsPerSecondTotal();
    Duration least = Duration.ofMillis((long) Math.ceil(seconds * ROUNDS_UNTIL_STALE * 1000));
    if (config.staleAfter().compareTo(least) >= 0) {
      return List.of();
    }
    String rate = RequestRateParser.format(config.maxRequestsPerSecondTotal());
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
    return of + owner + " (" + DurationParser.format(length) + ")";
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
