package io.okxexporter.schedule;

import io.okxexporter.model.Outcome;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.schedule.Budget.Ask;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Sends each valuation request when its budget says so: the thin shell around {@link Budget}. Used
 * on the timer's thread; times are monotonic nanoseconds since the start.
 */
final class Polls {
  private final Gate gate;
  private final Timer timer;
  private final LongSupplier now;
  private final Poller poller;
  private final PollListener listener;
  private final Map<User, Budget> budgets = new LinkedHashMap<>();
  private final Set<User> refused = new HashSet<>();
  private final Map<User, Duration> told = new HashMap<>();

  Polls(Gate gate, Timer timer, LongSupplier now, Poller poller, PollListener listener) {
    this.gate = gate;
    this.timer = timer;
    this.now = now;
    this.poller = poller;
    this.listener = listener;
  }

  /**
   * Users of one rate_limit_group share a budget; the first rounds are spread over the interval.
   */
  void add(List<User> users, Scheduler.Pace pace, Backoff backoff, boolean held) {
    Duration pollInterval = pace.pollInterval();
    Duration leastInterval = leastInterval(users, pace);
    Map<Object, List<UserRounds>> shared = new LinkedHashMap<>();
    for (int i = 0; i < users.size(); i++) {
      User user = users.get(i);
      long phase = phase(i, users.size(), pollInterval);
      shared
          .computeIfAbsent(
              user.rateLimitGroup() == null ? user : user.rateLimitGroup(), k -> new ArrayList<>())
          .add(new UserRounds(user, pollInterval, phase, backoff, held));
    }
    for (List<UserRounds> rounds : shared.values()) {
      Duration gap = rounds.get(0).user().gap();
      Budget budget = new Budget(rounds, gap, leastInterval, now.getAsLong());
      rounds.forEach(each -> budgets.put(each.user(), budget));
    }
  }

  /** The bound of the process may make rounds longer than any budget does. */
  private static Duration leastInterval(List<User> users, Scheduler.Pace pace) {
    int units = users.stream().mapToInt(user -> user.ccys().size()).sum();
    long round = (long) (units / pace.maxRequestsPerSecond() * 1e9);
    return Duration.ofNanos(Math.max(round, pace.pollInterval().toNanos()));
  }

  static long phase(int index, int count, Duration pollInterval) {
    return (long) ((double) pollInterval.toNanos() * index / count);
  }

  void start() {
    List.copyOf(budgets.values()).stream().distinct().forEach(this::changed);
  }

  /** The user may be asked for from now on. */
  void admit(User user) {
    refused.remove(user);
    rounds(user).hold(false);
    changed(budget(user));
  }

  /** The user may be asked for, whether or not it is known what its key may do. */
  void admitUnlessRefused(User user) {
    if (!refused.contains(user)) {
      admit(user);
    }
  }

  /** The user is not asked for until it is admitted again. */
  void refuse(User user) {
    refused.add(user);
    rounds(user).hold(true);
  }

  /** The user's clock failure passes with the next measurement, no later than then. */
  void awaitClock(User user, long atTheLatest) {
    rounds(user).awaitClock(atTheLatest);
  }

  /** The clock was measured: who waited for it goes on. */
  void clockMeasured(URI host) {
    for (Map.Entry<User, Budget> entry : budgets.entrySet()) {
      if (entry.getKey().baseUrl().equals(host)
          && rounds(entry.getKey()).clockMeasured(now.getAsLong())) {
        changed(entry.getValue());
      }
    }
  }

  /** Both belong to one User ID: from now on they share a budget. False if they did already. */
  boolean join(User one, User other) {
    Budget kept = budget(one);
    Budget joined = budget(other);
    if (kept == joined) {
      return false;
    }
    kept.join(joined);
    budgets.replaceAll((user, budget) -> budget == joined ? kept : budget);
    changed(kept);
    return true;
  }

  private Budget budget(User user) {
    return Objects.requireNonNull(budgets.get(user));
  }

  private UserRounds rounds(User user) {
    return budget(user).rounds(user);
  }

  /** Anything may be due earlier or later than before. */
  private void changed(Budget budget) {
    tellInterval(budget);
    await(budget);
  }

  /** Waits until the budget is ready; what was waited for before is void. */
  private void await(Budget budget) {
    long ticket = budget.newTicket();
    if (budget.busy() || budget.readyAt() == Budget.NEVER) {
      return;
    }
    long wait = budget.readyAt() - now.getAsLong();
    if (wait > 0) {
      timer.schedule(() -> awaited(budget, ticket), Duration.ofNanos(wait));
    } else {
      awaited(budget, ticket);
    }
  }

  private void awaited(Budget budget, long ticket) {
    if (budget.holds(ticket)) {
      gate.enter(() -> budget.holds(ticket) && send(budget));
    }
  }

  private boolean send(Budget budget) {
    long started = now.getAsLong();
    if (budget.readyAt() > started) {
      await(budget);
      return false;
    }
    Ask ask = budget.start(started);
    listener.sent(ask.user(), ask.ccy());
    poller.poll(
        ask.user(),
        ask.ccy(),
        outcome -> {
          Duration took = Duration.ofNanos(now.getAsLong() - started);
          timer.run(() -> completed(ask, outcome, took));
        });
    return true;
  }

  private void completed(Ask ask, Outcome<Valuation> outcome, Duration took) {
    // The budget may have been joined with another one since.
    Budget budget = budget(ask.user());
    budget.completed(ask, outcome, took, now.getAsLong());
    try {
      listener.finished(ask.user(), ask.ccy(), outcome, took);
    } finally {
      changed(budget);
      gate.left();
    }
  }

  private void tellInterval(Budget budget) {
    Duration interval = budget.refreshInterval();
    for (User user : budget.users()) {
      if (!interval.equals(told.put(user, interval))) {
        listener.planned(user, interval);
      }
    }
  }
}
