package io.okxexporter.schedule;

import io.okxexporter.model.Clock;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.schedule.Budget.Ask;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * Sends every request when its budget says so: the thin shell around the state machines of this
 * package. Everything here runs on the timer's thread.
 */
public final class Scheduler {
  private final Pace pace;
  private final Clock clock;
  private final Timer timer;
  private final Poller poller;
  private final PollListener listener;
  private final long origin;
  private final List<Budget> budgets;
  private final TotalRate totalRate;

  /** Budgets that are ready, in the order in which they became so. */
  private final Queue<Budget> ready = new ArrayDeque<>();

  private final Map<Budget, Duration> told = new HashMap<>();
  private int inFlight;
  private boolean drainScheduled;

  /**
   * How fast to ask.
   *
   * @param pollInterval how often each unit of each user is refreshed if the budget allows
   * @param maxRequestsPerSecond of the whole process
   * @param maxInFlight of the whole process
   */
  public record Pace(Duration pollInterval, double maxRequestsPerSecond, int maxInFlight) {}

  /**
   * @param random spreads what comes after failures
   */
  public Scheduler(
      List<User> users,
      Pace pace,
      Clock clock,
      Timer timer,
      RandomGenerator random,
      Poller poller,
      PollListener listener) {
    this.pace = pace;
    this.clock = clock;
    this.timer = timer;
    this.poller = poller;
    this.listener = listener;
    origin = clock.nanoTime();
    totalRate = new TotalRate(pace.maxRequestsPerSecond());
    budgets = budgets(users, new Backoff(random));
  }

  /**
   * Users of one rate_limit_group share a budget; the first rounds are spread over the interval.
   */
  private List<Budget> budgets(List<User> users, Backoff backoff) {
    Map<Object, List<UserRounds>> shared = new LinkedHashMap<>();
    long interval = pace.pollInterval().toNanos();
    for (int i = 0; i < users.size(); i++) {
      User user = users.get(i);
      long phase = (long) ((double) interval * i / users.size());
      shared
          .computeIfAbsent(
              user.rateLimitGroup() == null ? user : user.rateLimitGroup(), k -> new ArrayList<>())
          .add(new UserRounds(user, pace.pollInterval(), phase, backoff));
    }
    return shared.values().stream().map(this::budget).toList();
  }

  private Budget budget(List<UserRounds> rounds) {
    Duration gap = rounds.get(0).user().gap();
    return new Budget(rounds, gap, pace.pollInterval(), now());
  }

  /** Begins. */
  public void start() {
    timer.run(
        () -> {
          budgets.forEach(this::tellInterval);
          budgets.forEach(this::await);
        });
  }

  private long now() {
    return clock.nanoTime() - origin;
  }

  /** Waits until the budget is ready. */
  private void await(Budget budget) {
    long wait = budget.readyAt() - now();
    if (wait > 0) {
      timer.schedule(() -> await(budget), Duration.ofNanos(wait));
    } else {
      ready.add(budget);
      drain();
    }
  }

  /** Sends for the budgets that are ready, as far as the bounds of the process allow. */
  private void drain() {
    while (!ready.isEmpty() && inFlight < pace.maxInFlight()) {
      long wait = totalRate.earliest() - now();
      if (wait > 0) {
        drainIn(wait);
        return;
      }
      send(ready.remove());
    }
  }

  private void drainIn(long nanos) {
    if (!drainScheduled) {
      drainScheduled = true;
      timer.schedule(
          () -> {
            drainScheduled = false;
            drain();
          },
          Duration.ofNanos(nanos));
    }
  }

  private void send(Budget budget) {
    long started = now();
    Ask ask = budget.start(started);
    totalRate.started(started);
    inFlight++;
    listener.sent(ask.user(), ask.ccy());
    poller.poll(
        ask.user(),
        ask.ccy(),
        outcome -> {
          Duration took = Duration.ofNanos(now() - started);
          timer.run(() -> completed(budget, ask, outcome, took));
        });
  }

  private void completed(Budget budget, Ask ask, Outcome<Valuation> outcome, Duration took) {
    inFlight--;
    budget.completed(ask, outcome, took, now());
    listener.finished(ask.user(), ask.ccy(), outcome, took);
    tellInterval(budget);
    await(budget);
    drain();
  }

  private void tellInterval(Budget budget) {
    Duration interval = budget.refreshInterval();
    if (!interval.equals(told.put(budget, interval))) {
      budget.users().forEach(user -> listener.planned(user, interval));
    }
  }
}
