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
 * The users that share one User ID's budget: they take turns, and every request goes through one
 * pacer. Is told the time; times are monotonic nanoseconds of one origin.
 */
final class Budget {
  /** Weight of the newest latency in the running mean. */
  private static final double SMOOTHING = 0.2;

  /** A time that does not come. */
  static final long NEVER = Long.MAX_VALUE;

  private final List<UserSchedule> users;
  private final Duration leastInterval;
  private final Pacer pacer;
  private Duration gap;

  private @Nullable UserSchedule turn;
  private int nextUser;
  private long ticket;
  private boolean joined;
  private boolean atRest;
  private double latencyNanos;

  /** What to ask next. */
  record Ask(UserSchedule rounds, UserSchedule.Unit unit) {
    User user() {
      return rounds.user();
    }

    String ccy() {
      return unit.ccy();
    }
  }

  /**
   * @param leastInterval at which units are refreshed if the budget allows
   */
  Budget(List<UserSchedule> users, Duration gap, Duration leastInterval, long now) {
    this.users = new ArrayList<>(users);
    this.gap = gap;
    this.leastInterval = leastInterval;
    pacer = new Pacer(gap, now);
  }

  List<User> users() {
    return users.stream().map(UserSchedule::user).toList();
  }

  /** Whose budget it was before others joined it. */
  RateLimitGroup group() {
    return users.get(0).user().rateLimitGroup();
  }

  /** Of each user; as they are, for whoever only looks. */
  List<UserSchedule> rounds() {
    return users;
  }

  UserSchedule rounds(User user) {
    return users.stream().filter(each -> each.user().equals(user)).findFirst().orElseThrow();
  }

  /**
   * Takes over the other's users, requests in flight and waits: both are of one User ID. The other
   * is not to be used any more.
   */
  void join(Budget other) {
    joined = true;
    users.addAll(other.users);
    pacer.join(other.pacer);
    gap = gap.compareTo(other.gap) > 0 ? gap : other.gap;
    latencyNanos = Math.max(latencyNanos, other.latencyNanos);
    other.newTicket();
  }

  /** While at rest nothing is asked: another budget is to take this one's place. */
  void rest(boolean atRest) {
    this.atRest = atRest;
    newTicket();
  }

  /** Nothing starts before the other, which is done, would have let it start. */
  void waitAsLongAs(Budget other) {
    pacer.holdUntil(other.pacer.earliest());
  }

  /** Whether users of several groups were found to be one User ID. */
  boolean wasJoined() {
    return joined;
  }

  /**
   * Whether all its users are still there and share with nobody else.
   *
   * @param groups who is to share with whom, by user
   */
  boolean fits(Map<User, List<User>> groups) {
    List<User> own = users();
    return groups.keySet().containsAll(own)
        && own.stream().allMatch(user -> own.containsAll(groups.getOrDefault(user, List.of())));
  }

  /** Voids every ticket handed out before: what was waited for is no longer worth waiting for. */
  long newTicket() {
    return ++ticket;
  }

  boolean holds(long ticket) {
    return this.ticket == ticket;
  }

  /** Whether a request is in flight: the next one is due only after it. */
  boolean busy() {
    return pacer.inFlight();
  }

  /** When this user is due and allowed, if none of the others is asked before. */
  long nextOf(UserSchedule rounds) {
    long due = atRest ? NEVER : rounds.due();
    return due == NEVER ? NEVER : Math.max(pacer.earliest(), due);
  }

  /** When the next request is due and allowed; not to be asked while one is in flight. */
  long readyAt() {
    if (atRest) {
      return NEVER;
    }
    long due = users.stream().mapToLong(UserSchedule::due).min().orElseThrow();
    return Math.max(pacer.earliest(), due);
  }

  /** The next request, which starts now; to be asked for no earlier than {@link #readyAt()}. */
  Ask start(long now) {
    pacer.started(now);
    UserSchedule rounds = turn;
    UserSchedule.Unit unit = rounds == null ? null : rounds.nextInTurn();
    while (rounds == null || unit == null) {
      rounds = nextTurn(now);
      unit = rounds.nextInTurn();
    }
    turn = rounds;
    return new Ask(rounds, unit);
  }

  /** Round robin among the users that have something due. */
  private UserSchedule nextTurn(long now) {
    for (int i = 0; i < users.size(); i++) {
      UserSchedule rounds = users.get((nextUser + i) % users.size());
      if (rounds.due() <= now) {
        nextUser = (nextUser + i + 1) % users.size();
        rounds.beginTurn(now);
        return rounds;
      }
    }
    throw new IllegalStateException("nothing is due");
  }

  /** The request came to its end. */
  void completed(Ask ask, Outcome<?> outcome, Duration took, long now) {
    if (outcome instanceof Failure<?> failure) {
      failed(ask, failure, now);
    } else {
      latencyNanos += (took.toNanos() - latencyNanos) * (latencyNanos == 0 ? 1 : SMOOTHING);
      pacer.completed(now, false, Duration.ZERO);
      ask.rounds().succeeded(ask.unit());
    }
  }

  private void failed(Ask ask, Failure<?> failure, long now) {
    pacer.completed(now, failure.lost(), failure.retryAfter());
    ask.rounds().failed(ask.unit(), failure, pacer.earliest());
    if (failure.reason() == Reason.RATE_LIMITED) {
      // The limit is the User ID's: the others would only be refused as well.
      pacer.holdUntil(ask.rounds().notBefore());
    }
  }

  /** The interval at which a unit is really refreshed. */
  Duration refreshInterval() {
    int units = users.stream().mapToInt(rounds -> rounds.user().ccys().size()).sum();
    Duration round = gap.plusNanos((long) latencyNanos).multipliedBy(units);
    return round.compareTo(leastInterval) > 0 ? round : leastInterval;
  }
}
