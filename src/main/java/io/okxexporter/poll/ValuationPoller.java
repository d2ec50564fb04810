package io.okxexporter.poll;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.OkxApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Secret;
import io.okxexporter.model.Timer;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.poll.Budget.Ask;
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
 * Sends each valuation request when its budget says so, and replaces budgets when the configuration
 * does. Used on the timer's thread; times are monotonic nanoseconds since the start.
 */
public final class ValuationPoller {
  private final RequestLimiter limiter;
  private final Timer timer;
  private final LongSupplier now;
  private final OkxApi okx;
  private final List<PollListener> listeners;
  private final Backoff backoff;
  private final Map<User, Budget> budgets = new LinkedHashMap<>();

  /** Keys, whatever else of their users is configured anew. */
  private final Set<Secret> blocked = new HashSet<>();

  private final NextPolls plans;

  private PollLimits limits;

  /** What a reload waits for; nothing most of the time. */
  private Runnable reloading = () -> {};

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
    plans = new NextPolls(now, listeners);
  }

  /**
   * From now on these users are asked for. Budgets that stay as they are do not notice. The others
   * ask no more; once none of their requests is in flight, new ones take their place, which start
   * nothing before the old ones would have. First rounds are spread over the interval.
   *
   * @param paused whether users that are new or changed wait until they are admitted
   * @param applied is told once that is so
   */
  public void reload(List<User> users, PollLimits newLimits, boolean paused, Runnable applied) {
    Map<User, List<User>> groups = BudgetFactory.groupOfEach(users);
    Predicate<Budget> leaves = budget -> !newLimits.equals(limits) || !budget.fits(groups);
    reloading =
        () -> replaceWhenQuiet(new PendingReload(leaves, users, newLimits, paused, applied));
    for (Budget budget : distinctBudgets()) {
      budget.rest(leaves.test(budget));
      changed(budget);
    }
    reloading.run();
  }

  private record PendingReload(
      Predicate<Budget> leaves,
      List<User> users,
      PollLimits limits,
      boolean paused,
      Runnable applied) {}

  private List<Budget> distinctBudgets() {
    return budgets.values().stream().distinct().toList();
  }

  private void replaceWhenQuiet(PendingReload reload) {
    // Looked at anew each time: budgets may have been joined since.
    List<Budget> leaving = distinctBudgets().stream().filter(reload.leaves).toList();
    leaving.forEach(budget -> budget.rest(true));
    if (leaving.stream().noneMatch(Budget::busy)) {
      reloading = () -> {};
      limits = reload.limits;
      replace(leaving, reload);
    }
  }

  private void replace(List<Budget> leaving, PendingReload reload) {
    budgets.values().removeAll(new HashSet<>(leaving));
    blocked.retainAll(reload.users.stream().map(ValuationPoller::key).collect(Collectors.toSet()));
    plans.retain(budgets.keySet());
    List<User> arriving = reload.users.stream().filter(user -> !budgets.containsKey(user)).toList();
    reload.applied.run();
    List<Budget> entered = enter(arriving, reload.users, reload.paused);
    admitThoseOf(leaving);
    BudgetHandover.of(leaving).passOn(entered, this::join);
    arriving.stream().map(this::budget).distinct().forEach(this::changed);
  }

  /** Who only has a new budget does not wait anew. */
  private void admitThoseOf(List<Budget> leaving) {
    leaving.stream()
        .flatMap(budget -> budget.rounds().stream())
        .filter(rounds -> !rounds.paused() && budgets.containsKey(rounds.user()))
        .forEach(rounds -> rounds(rounds.user()).pause(false));
  }

  private List<Budget> enter(List<User> arriving, List<User> all, boolean paused) {
    List<Budget> entered =
        BudgetFactory.of(arriving, all, limits, backoff, paused, now.getAsLong());
    entered.forEach(budget -> budget.users().forEach(user -> budgets.put(user, budget)));
    return entered;
  }

  /** The user may be asked for from now on. */
  public void admit(User user) {
    blocked.remove(key(user));
    rounds(user).pause(false);
    changed(budget(user));
  }

  /** The user may be asked for, whether or not it is known what its key may do. */
  public void admitUnlessBlocked(User user) {
    if (rounds(user).paused() && !blocked.contains(key(user))) {
      admit(user);
    }
  }

  /** The user is not asked for until it is admitted again. */
  public void block(User user) {
    blocked.add(key(user));
    rounds(user).pause(true);
    changed(budget(user));
  }

  /** The user's clock failure passes with the next measurement, no later than then. */
  public void awaitClock(User user, long atTheLatest) {
    rounds(user).awaitClock(atTheLatest);
  }

  /** The clock was measured: who waited for it goes on. */
  public void clockMeasured(URI host) {
    for (Map.Entry<User, Budget> entry : budgets.entrySet()) {
      if (entry.getKey().baseUrl().equals(host)
          && rounds(entry.getKey()).clockMeasured(now.getAsLong())) {
        changed(entry.getValue());
      }
    }
  }

  /** Both belong to one User ID: from now on they share a budget. False if they did already. */
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

  private UserSchedule rounds(User user) {
    return budget(user).rounds(user);
  }

  /** Anything may be due earlier or later than before. */
  private void changed(Budget budget) {
    plans.tell(budget);
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
      limiter.enter(() -> budget.holds(ticket) && send(budget));
    }
  }

  private boolean send(Budget budget) {
    long started = now.getAsLong();
    if (budget.readyAt() > started) {
      await(budget);
      return false;
    }
    Ask ask = budget.start(started);
    listeners.forEach(it -> it.sent(ask.user(), Endpoint.ASSET_VALUATION));
    okx.valuation(
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
      listeners.forEach(it -> it.took(Endpoint.ASSET_VALUATION, took));
      listeners.forEach(it -> it.valued(ask.user(), ask.ccy(), outcome));
    } finally {
      changed(budget);
      limiter.left();
      reloading.run();
    }
  }
}
