package io.okxexporter.schedule;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.KeyFacts;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.User;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Asks what explains a failure before anybody wonders: each host's clock and maintenance, and what
 * each key is and may do. Nothing of it can disturb the valuations, but that a user's first one
 * waits for one attempt, and that keys of one User ID are joined. Used on the timer's thread.
 */
final class Diagnosis {
  private static final long CLOCK_INTERVAL = Duration.ofMinutes(5).toNanos();
  private static final long MAINTENANCE_INTERVAL = Duration.ofMinutes(1).toNanos();
  private static final long FACTS_INTERVAL = Duration.ofHours(1).toNanos();
  private static final long FACTS_RETRY = Duration.ofMinutes(1).toNanos();
  private static final int MAX_DOUBLINGS = 6;

  /** Five per two seconds are allowed of one User ID. */
  private static final Duration FACTS_GAP = Duration.ofMillis(500);

  private final Questions questions;
  private final DiagnosisListener listener;
  private final boolean allowTradingKeys;
  private final Polls polls;
  private final Gate gate;
  private final Timer timer;
  private final LongSupplier now;
  private final RandomGenerator random;
  private Set<User> users = Set.of();
  private final Map<URI, HostClock> clocks = new LinkedHashMap<>();
  private final Map<Object, OneByOne> lanes = new HashMap<>();
  private final Map<String, User> firstOfUid = new HashMap<>();

  Diagnosis(
      Scheduler.Diagnose diagnose,
      Polls polls,
      Gate gate,
      Timer timer,
      LongSupplier now,
      RandomGenerator random) {
    this.questions = diagnose.questions();
    this.listener = diagnose.listener();
    this.allowTradingKeys = diagnose.allowTradingKeys();
    this.polls = polls;
    this.gate = gate;
    this.timer = timer;
    this.now = now;
    this.random = random;
  }

  /**
   * Users that are new or changed are to be asked about; what concerns others than all of those
   * there are now ends by itself.
   */
  void enter(List<User> arriving, List<User> all, Duration pollInterval) {
    users = Set.copyOf(all);
    firstOfUid.values().retainAll(users);
    lanes.keySet().removeIf(budget -> budget instanceof User user && !users.contains(user));
    Set<URI> hosts = all.stream().map(User::baseUrl).collect(Collectors.toSet());
    clocks.keySet().retainAll(hosts);
    for (int i = 0; i < arriving.size(); i++) {
      User user = arriving.get(i);
      long due = now.getAsLong() + Budgets.phase(i, arriving.size(), pollInterval);
      clock(user)
          .whenKnown(() -> later(Math.max(0, due - now.getAsLong()), () -> askFacts(user, 0)));
    }
  }

  /** With the clock known, or one attempt made: a key is not asked with a wrong signature. */
  private HostClock clock(User user) {
    HostClock known = clocks.get(user.baseUrl());
    if (known != null) {
      return known;
    }
    HostClock clock = new HostClock(user);
    clocks.put(user.baseUrl(), clock);
    measureClock(clock);
    askMaintenance(clock);
    return clock;
  }

  private boolean isGone(HostClock clock) {
    return clocks.get(clock.host()) != clock;
  }

  /**
   * A signature was refused for its time: the clock is measured as soon as it may be.
   *
   * @return when the measurement is over at the latest
   */
  long clockRefused(URI host) {
    HostClock clock = Objects.requireNonNull(clocks.get(host));
    long wait = clock.earliest() - now.getAsLong();
    if (clock.plan()) {
      later(Math.max(0, wait), () -> measureIf(clock.planned(), clock));
    }
    return now.getAsLong() + Math.max(0, wait) + HostClock.LONGEST;
  }

  private void measureIf(boolean wanted, HostClock clock) {
    if (wanted) {
      measureClock(clock);
    }
  }

  private void measureClock(HostClock clock) {
    if (clock.underWay() || isGone(clock)) {
      return;
    }
    boolean refused = clock.planned();
    clock.started(now.getAsLong());
    URI host = clock.host();
    this.<Duration>ask(
        () -> listener.asked(host, Endpoint.PUBLIC_TIME),
        Endpoint.PUBLIC_TIME,
        done -> questions.clockSkew(host, clock.proxyUrl(), done),
        skew -> {
          long generation = clock.finished();
          listener.measured(host, skew);
          if (clock.skewFalls(skew, refused, now.getAsLong())) {
            listener.forgotten(host, Endpoint.PUBLIC_TIME);
          }
          polls.clockMeasured(host);
          clock.known().forEach(Runnable::run);
          later(intervalAfter(generation), () -> measureAgain(clock, generation));
        });
  }

  /** The first is the least exact: classes and connections are made while it is under way. */
  private static long intervalAfter(long measurements) {
    return measurements == 1 ? HostClock.LEAST_INTERVAL : CLOCK_INTERVAL;
  }

  /** Unless a refusal has had it measured in between: one chain of measurements is enough. */
  private void measureAgain(HostClock clock, long generation) {
    measureIf(clock.isNewest(generation), clock);
  }

  private void askMaintenance(HostClock clock) {
    if (isGone(clock)) {
      return;
    }
    URI host = clock.host();
    this.<List<Maintenance>>ask(
        () -> listener.asked(host, Endpoint.SYSTEM_STATUS),
        Endpoint.SYSTEM_STATUS,
        done -> questions.maintenance(host, clock.proxyUrl(), done),
        maintenance -> {
          listener.announced(host, maintenance);
          if (clock.maintenanceFalls(maintenance, now.getAsLong())) {
            listener.forgotten(host, Endpoint.SYSTEM_STATUS);
          }
          later(MAINTENANCE_INTERVAL, () -> askMaintenance(clock));
        });
  }

  private void askFacts(User user, int failuresInARow) {
    if (!users.contains(user)) {
      return;
    }
    Object budget = user.rateLimitGroup() == null ? user : user.rateLimitGroup();
    lanes
        .computeIfAbsent(budget, key -> new OneByOne(FACTS_GAP, timer))
        .enter(finished -> askFacts(user, failuresInARow, finished));
  }

  private void askFacts(User user, int failuresInARow, Runnable finished) {
    this.<KeyFacts>ask(
        () -> listener.asked(user, Endpoint.ACCOUNT_CONFIG),
        Endpoint.ACCOUNT_CONFIG,
        done -> questions.keyFacts(user, done),
        facts -> {
          finished.run();
          identified(user, facts, failuresInARow);
        });
  }

  private void identified(User user, Outcome<KeyFacts> outcome, int failuresInARow) {
    if (!users.contains(user)) {
      return;
    }
    if (outcome instanceof Success<KeyFacts> ok) {
      boolean refused = !allowTradingKeys && !ok.value().readOnly();
      listener.identified(user, outcome, refused);
      joinWithTheFirstOf(ok.value().uid(), user);
      if (refused) {
        polls.refuse(user);
      } else {
        polls.admit(user);
      }
      // Not all at once an hour later.
      later((long) (FACTS_INTERVAL * (1 - random.nextDouble() / 2)), () -> askFacts(user, 0));
      return;
    }
    listener.identified(user, outcome, false);
    if (failuresInARow == 0) {
      polls.admitUnlessRefused(user);
    }
    long wait = FACTS_RETRY << Math.min(failuresInARow, MAX_DOUBLINGS);
    double jitter = 0.8 + 0.4 * random.nextDouble();
    later(
        (long) (jitter * Math.min(wait, FACTS_INTERVAL)), () -> askFacts(user, failuresInARow + 1));
  }

  private void joinWithTheFirstOf(String uid, User user) {
    User first = firstOfUid.putIfAbsent(uid, user);
    if (first != null && !first.equals(user) && polls.join(first, user)) {
      listener.joined(first, user);
    }
  }

  /** Through the gate of the process, like every request. */
  private <T> void ask(
      Runnable asked,
      Endpoint endpoint,
      Consumer<Consumer<Outcome<T>>> question,
      Consumer<Outcome<T>> answered) {
    gate.enterPatiently(
        () -> {
          long started = now.getAsLong();
          asked.run();
          question.accept(
              outcome -> {
                Duration took = Duration.ofNanos(now.getAsLong() - started);
                timer.run(
                    () -> {
                      gate.leftPatiently();
                      listener.took(endpoint, took);
                      answered.accept(outcome);
                    });
              });
          return true;
        });
  }

  private void later(long nanos, Runnable task) {
    timer.schedule(task, Duration.ofNanos(nanos));
  }
}
