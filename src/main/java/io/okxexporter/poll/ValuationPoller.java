package io.okxexporter.poll;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.OkxApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Secret;
import io.okxexporter.model.Timer;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.poll.Budget.PollRequest;
import io.okxexporter.poll.RequestLimiter.Purpose;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Sends each valuation request when its budget allows, and replaces budgets on a reload. Used on
 * the timer's thread; times are monotonic nanoseconds since the start.
 */
public final class ValuationPoller {
  private final RequestLimiter limiter;
  private final Timer timer;
  private final LongSupplier now;
  private final OkxApi okx;
  private final List<PollListener> listeners;
  private final Backoff backoff;
  private final Map<User, Budget> budgets = new LinkedHashMap<>();

  /** Blocked keys, kept when other settings of their users change. */
  private final Set<Secret> blocked = new HashSet<>();

  private final NextPolls nextPolls;

  private PollLimits limits;

  /** Completes a pending reload if it can; otherwise does nothing. */
  private Runnable reloading = () -> {};

  /**
   * @param now monotonic nanoseconds since the start
   * @param listeners notified in this order
   */
  public ValuationPoller(
      RequestLimiter limiter,
      Timer timer,
      LongSupplier now,
      PollLimits limits,
      Backoff backoff,
      OkxApi okx,
      List<PollListener> listeners) {
    this.limiter = limiter;
    this.timer = timer;
    this.now = now;
    this.limits = limits;
    this.backoff = backoff;
    this.okx = okx;
    this.listeners = listeners;
    nextPolls = new NextPolls(now, listeners);
  }

  /**
   * Polls these users from now on. Unchanged budgets carry on. The others send no more requests and
   * are replaced once none is in flight; their successors start nothing before they would have.
   * First polls are spread over the interval.
   *
   * @param paused whether new and changed users wait until they are admitted
   * @param applied called when the change takes effect, before any new request
   */
  public void reload(List<User> users, PollLimits newLimits, boolean paused, Runnable applied) {
    Map<User, List<User>> groups = BudgetFactory.groupOfEach(users);
    Predicate<Budget> isLeaving = budget -> !newLimits.equals(limits) || !budget.fits(groups);
    reloading =
        () -> replaceWhenIdle(new PendingReload(isLeaving, users, newLimits, paused, applied));
    for (Budget budget : distinctBudgets()) {
      budget.setSuspended(isLeaving.test(budget));
      changed(budget);
    }
    reloading.run();
  }

  private record PendingReload(
      Predicate<Budget> isLeaving,
      List<User> users,
      PollLimits limits,
      boolean paused,
      Runnable applied) {}

  private List<Budget> distinctBudgets() {
    return budgets.values().stream().distinct().toList();
  }

  private void replaceWhenIdle(PendingReload reload) {
    // Computed each time, as budgets may have been joined since.
    List<Budget> leaving = distinctBudgets().stream().filter(reload.isLeaving).toList();
    leaving.forEach(budget -> budget.setSuspended(true));
    if (leaving.stream().noneMatch(Budget::busy)) {
      reloading = () -> {};
      limits = reload.limits;
      replace(leaving, reload);
    }
  }

  private void replace(List<Budget> leaving, PendingReload reload) {
    budgets.values().removeAll(new HashSet<>(leaving));
    blocked.retainAll(reload.users.stream().map(ValuationPoller::key).collect(Collectors.toSet()));
    nextPolls.retain(budgets.keySet());
    List<User> arriving = reload.users.stream().filter(user -> !budgets.containsKey(user)).toList();
    reload.applied.run();
    List<Budget> entered = enter(arriving, reload.users, reload.paused);
    readmitUsersOf(leaving);
    BudgetHandover.of(leaving).handOver(entered, this::join);
    arriving.stream().map(this::budget).distinct().forEach(this::changed);
  }

  /** Users already admitted stay admitted in their new budget. */
  private void readmitUsersOf(List<Budget> leaving) {
    leaving.stream()
        .flatMap(budget -> budget.schedules().stream())
        .filter(schedule -> !schedule.paused() && budgets.containsKey(schedule.user()))
        .forEach(schedule -> schedule(schedule.user()).setPaused(false));
  }

  private List<Budget> enter(List<User> arriving, List<User> all, boolean paused) {
    List<Budget> entered =
        BudgetFactory.of(arriving, all, limits, backoff, paused, now.getAsLong());
    entered.forEach(budget -> budget.users().forEach(user -> budgets.put(user, budget)));
    return entered;
  }

  /** Polls the user from now on. */
  public void admit(User user) {
    blocked.remove(key(user));
    schedule(user).setPaused(false);
    changed(budget(user));
  }

  /** Polls the user from now on unless its key is known to be blocked. */
  public void admitUnlessBlocked(User user) {
    if (schedule(user).paused() && !blocked.contains(key(user))) {
      admit(user);
    }
  }

  /** Stops polling the user until it is admitted again. */
  public void block(User user) {
    blocked.add(key(user));
    schedule(user).setPaused(true);
    changed(budget(user));
  }

  /** Delays the user's next poll until the next clock measurement, or until then at the latest. */
  public void awaitClock(User user, long atTheLatest) {
    schedule(user).awaitClock(atTheLatest);
  }

  /** Resumes the users that awaited a measurement of this host's clock. */
  public void clockMeasured(URI host) {
    for (Map.Entry<User, Budget> entry : budgets.entrySet()) {
      if (entry.getKey().baseUrl().equals(host)
          && schedule(entry.getKey()).clockMeasured(now.getAsLong())) {
        changed(entry.getValue());
      }
    }
  }

  /** Makes two users of one User ID share a budget; returns false if they already do. */
  public boolean join(User one, User other) {
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

  private static Secret key(User user) {
    return user.credentials().apiKey();
  }

  private Budget budget(User user) {
    return Objects.requireNonNull(budgets.get(user));
  }

  private UserSchedule schedule(User user) {
    return budget(user).schedule(user);
  }

  /** Announces and reschedules the budget, whose due times may have changed. */
  private void changed(Budget budget) {
    nextPolls.update(budget);
    await(budget);
  }

  /** Waits until the budget is ready; voids the previous wait. */
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
    if (budget.isCurrent(ticket)) {
      limiter.acquire(Purpose.VALUATION, () -> budget.isCurrent(ticket) && send(budget));
    }
  }

  private boolean send(Budget budget) {
    long started = now.getAsLong();
    if (budget.readyAt() > started) {
      await(budget);
      return false;
    }
    PollRequest poll = budget.start(started);
    listeners.forEach(it -> it.sent(poll.user(), Endpoint.ASSET_VALUATION));
    okx.valuation(
        poll.user(),
        poll.ccy(),
        outcome -> {
          Duration took = Duration.ofNanos(now.getAsLong() - started);
          timer.run(() -> completed(poll, outcome, took));
        });
    return true;
  }

  private void completed(PollRequest poll, Outcome<Valuation> outcome, Duration took) {
    // The budget may have been joined with another since.
    Budget budget = budget(poll.user());
    budget.completed(poll, outcome, took, now.getAsLong());
    try {
      listeners.forEach(it -> it.took(Endpoint.ASSET_VALUATION, took));
      listeners.forEach(it -> it.valued(poll.user(), poll.ccy(), outcome));
    } finally {
      changed(budget);
      limiter.release(Purpose.VALUATION);
      reloading.run();
    }
  }
}
