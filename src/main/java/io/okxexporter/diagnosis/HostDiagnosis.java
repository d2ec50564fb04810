package io.okxexporter.diagnosis;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.OkxApi;
import io.okxexporter.model.User;
import io.okxexporter.poll.PollListener;
import io.okxexporter.poll.ValuationPoller;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks each host for its clock and its maintenance, for as long as there are users of it. */
final class HostDiagnosis {
  private static final long CLOCK_INTERVAL = Duration.ofMinutes(5).toNanos();
  private static final long MAINTENANCE_INTERVAL = Duration.ofMinutes(1).toNanos();

  private final OkxApi okx;
  private final List<PollListener> listeners;
  private final ValuationPoller poller;
  private final BackgroundRequests asking;
  private final Map<URI, ClockSchedule> clocks = new LinkedHashMap<>();
  private List<User> users = List.of();

  HostDiagnosis(
      OkxApi okx, List<PollListener> listeners, ValuationPoller poller, BackgroundRequests asking) {
    this.okx = okx;
    this.listeners = listeners;
    this.poller = poller;
    this.asking = asking;
  }

  /** From now on asks the hosts of these users, and no others. */
  void enter(List<User> all) {
    users = all;
    clocks.keySet().retainAll(all.stream().map(User::baseUrl).collect(Collectors.toSet()));
    for (User user : all) {
      if (!clocks.containsKey(user.baseUrl())) {
        begin(new ClockSchedule(user.baseUrl()));
      }
    }
  }

  private void begin(ClockSchedule clock) {
    clocks.put(clock.host(), clock);
    measureClock(clock);
    askMaintenance(clock);
  }

  /** With the clock known, or one attempt made: a key is not asked with a wrong signature. */
  void whenClockKnown(URI host, Runnable task) {
    Objects.requireNonNull(clocks.get(host)).whenKnown(task);
  }

  /**
   * A signature was refused for its time: the clock is measured as soon as it may be.
   *
   * @return when the measurement is over at the latest, but for its wait at the gate
   */
  long clockRefused(URI host) {
    ClockSchedule clock = Objects.requireNonNull(clocks.get(host));
    long wait = Math.max(0, clock.earliest() - asking.now());
    if (clock.plan()) {
      asking.later(wait, () -> measureIf(clock.planned(), clock));
    }
    return asking.now() + wait + ClockSchedule.LONGEST;
  }

  private void measureIf(boolean wanted, ClockSchedule clock) {
    if (wanted) {
      measureClock(clock);
    }
  }

  private void measureClock(ClockSchedule clock) {
    if (clock.underWay() || isGone(clock)) {
      return;
    }
    boolean blocked = clock.planned();
    clock.started(asking.now());
    URI host = clock.host();
    URI proxyUrl = proxyUrl(host);
    asking.<Duration>ask(
        Endpoint.PUBLIC_TIME,
        () -> listeners.forEach(it -> it.sent(Endpoint.PUBLIC_TIME)),
        done -> okx.clockSkew(host, proxyUrl, done),
        skew -> {
          long generation = clock.finished();
          listeners.forEach(it -> it.measured(host, skew));
          if (clock.skewFalls(skew, blocked, asking.now())) {
            listeners.forEach(it -> it.forgotten(host, Endpoint.PUBLIC_TIME));
          }
          poller.clockMeasured(host);
          clock.known().forEach(Runnable::run);
          asking.later(intervalAfter(generation), () -> measureAgain(clock, generation));
        });
  }

  /** The first is the least exact: classes and connections are made while it is under way. */
  private static long intervalAfter(long measurements) {
    return measurements == 1 ? ClockSchedule.LEAST_INTERVAL : CLOCK_INTERVAL;
  }

  /** Unless a refusal has had it measured in between: one chain of measurements is enough. */
  private void measureAgain(ClockSchedule clock, long generation) {
    measureIf(clock.isNewest(generation), clock);
  }

  private void askMaintenance(ClockSchedule clock) {
    if (isGone(clock)) {
      return;
    }
    URI host = clock.host();
    URI proxyUrl = proxyUrl(host);
    asking.<List<Maintenance>>ask(
        Endpoint.SYSTEM_STATUS,
        () -> listeners.forEach(it -> it.sent(Endpoint.SYSTEM_STATUS)),
        done -> okx.maintenance(host, proxyUrl, done),
        maintenance -> {
          listeners.forEach(it -> it.announced(host, maintenance));
          if (clock.maintenanceFalls(maintenance, asking.now())) {
            listeners.forEach(it -> it.forgotten(host, Endpoint.SYSTEM_STATUS));
          }
          asking.later(MAINTENANCE_INTERVAL, () -> askMaintenance(clock));
        });
  }

  private boolean isGone(ClockSchedule clock) {
    return clocks.get(clock.host()) != clock;
  }

  /** The way of whoever is the first in the configuration to have the host now. */
  private @Nullable URI proxyUrl(URI host) {
    return users.stream()
        .filter(user -> user.baseUrl().equals(host))
        .findFirst()
        .orElseThrow()
        .proxyUrl();
  }
}
