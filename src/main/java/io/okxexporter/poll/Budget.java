package io.okxexporter.poll;

import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rate limit budget of one User ID. Its users take turns, and one pacer spaces all their
 * requests. Callers pass the time; times are monotonic nanoseconds of one origin.
 */
final class Budget {
  /** Weight of the newest latency in the running mean. */
  private static final double SMOOTHING = 0.2;

  /** A time that never comes. */
  static final long NEVER = Long.MAX_VALUE;

  private final List<UserSchedule> users;
  private final Duration minInterval;
  private final Pacer pacer;
  private Duration gap;

  private @Nullable UserSchedule turn;
  private int nextUser;
  private long ticket;
  private boolean joined;
  private boolean suspended;
  private double latencyNanos;

  /** The next valuation request: one unit of one user. */
  record PollRequest(UserSchedule schedule, UserSchedule.Unit unit) {
    User user() {
      return schedule.user();
    }

    String ccy() {
      return unit.ccy();
    }
  }

  /**
   * @param minInterval the refresh interval of units if the budget allows it
   */
  Budget(List<UserSchedule> users, Duration gap, Duration minInterval, long now) {
    this.users = new ArrayList<>(users);
    this.gap = gap;
    this.minInterval = minInterval;
    pacer = new Pacer(gap, now);
  }

  List<User> users() {
    return users.stream().map(UserSchedule::user).toList();
  }

  /** The group that had this budget before others joined it. */
  RateLimitGroup group() {
    return users.get(0).user().rateLimitGroup();
  }

  /** The schedule of each user, for reading only. */
  List<UserSchedule> schedules() {
    return users;
  }

  UserSchedule schedule(User user) {
    return users.stream().filter(each -> each.user().equals(user)).findFirst().orElseThrow();
  }

  /**
   * Takes over the other budget's users, requests in flight and waits, as both belong to one User
   * ID. The other budget must not be used afterwards.
   */
  void join(Budget other) {
    joined = true;
    users.addAll(other.users);
    pacer.join(other.pacer);
    gap = gap.compareTo(other.gap) > 0 ? gap : other.gap;
    latencyNanos = Math.max(latencyNanos, other.latencyNanos);
    other.newTicket();
  }

  /** Stops or resumes all requests; a suspended budget is about to be replaced. */
  void setSuspended(boolean suspended) {
    this.suspended = suspended;
    newTicket();
  }

  /** Starts nothing before the other budget, now idle, would have allowed it. */
  void waitFor(Budget other) {
    pacer.holdUntil(other.pacer.earliest());
  }

  /** Whether users of several groups turned out to be one User ID. */
  boolean wasJoined() {
    return joined;
  }

  /**
   * Whether all its users still exist and share a budget with no other user.
   *
   * @param groups the configured rate limit group of each user
   */
  boolean fits(Map<User, List<User>> groups) {
    List<User> members = users();
    return groups.keySet().containsAll(members)
        && members.stream()
            .allMatch(user -> members.containsAll(groups.getOrDefault(user, List.of())));
  }

  /** Voids all earlier tickets, and with them the waits that hold one. */
  long newTicket() {
    return ++ticket;
  }

  boolean isCurrent(long ticket) {
    return this.ticket == ticket;
  }

  /** Whether a request is in flight; the next one is due only after it. */
  boolean busy() {
    return pacer.inFlight();
  }

  /** When this user's next request is due and allowed if no other user's comes first. */
  long nextPollOf(UserSchedule schedule) {
    long due = suspended ? NEVER : schedule.due();
    return due == NEVER ? NEVER : Math.max(pacer.earliest(), due);
  }

  /** When the next request is due and allowed; must not be called while one is in flight. */
  long readyAt() {
    if (suspended) {
      return NEVER;
    }
    long due = users.stream().mapToLong(UserSchedule::due).min().orElseThrow();
    return Math.max(pacer.earliest(), due);
  }

  /** Starts the next request and returns it; must not be called before {@link #readyAt()}. */
  PollRequest start(long now) {
    pacer.started(now);
    UserSchedule schedule = turn;
    UserSchedule.Unit unit = schedule == null ? null : schedule.nextInTurn();
    while (schedule == null || unit == null) {
      schedule = nextTurn(now);
      unit = schedule.nextInTurn();
    }
    turn = schedule;
    return new PollRequest(schedule, unit);
  }

  /** Takes turns, round robin, among the users with a unit due. */
  private UserSchedule nextTurn(long now) {
    for (int i = 0; i < users.size(); i++) {
      UserSchedule schedule = users.get((nextUser + i) % users.size());
      if (schedule.due() <= now) {
        nextUser = (nextUser + i + 1) % users.size();
        schedule.beginTurn(now);
        return schedule;
      }
    }
    throw new IllegalStateException("nothing is due");
  }

  /** The request has completed. */
  void completed(PollRequest poll, Outcome<?> outcome, Duration took, long now) {
    if (outcome instanceof Failure<?> failure) {
      failed(poll, failure, now);
    } else {
      latencyNanos += (took.toNanos() - latencyNanos) * (latencyNanos == 0 ? 1 : SMOOTHING);
      pacer.completed(now, false, Duration.ZERO);
      poll.schedule().succeeded(poll.unit());
    }
  }

  private void failed(PollRequest poll, Failure<?> failure, long now) {
    pacer.completed(now, failure.lost(), failure.retryAfter());
    poll.schedule().failed(poll.unit(), failure, pacer.earliest());
    if (failure.reason() == Reason.RATE_LIMITED) {
      // The limit applies to the User ID, so OKX would reject its other users as well.
      pacer.holdUntil(poll.schedule().notBefore());
    }
  }

  /** The actual refresh interval of a unit. */
  Duration refreshInterval() {
    int units = users.stream().mapToInt(schedule -> schedule.user().ccys().size()).sum();
    Duration cycle = gap.plusNanos((long) latencyNanos).multipliedBy(units);
    return cycle.compareTo(minInterval) > 0 ? cycle : minInterval;
  }
}
