package io.okxexporter.diagnosis;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.OkxApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.User;
import io.okxexporter.poll.BackgroundRequests;
import io.okxexporter.poll.PollListener;
import io.okxexporter.poll.RequestLimiter.Purpose;
import io.okxexporter.poll.ValuationPoller;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requests the time and the announced maintenance of each host that has users. */
final class HostDiagnosis {
  private static final long CLOCK_INTERVAL = Duration.ofMinutes(5).toNanos();
  private static final long MAINTENANCE_INTERVAL = Duration.ofMinutes(1).toNanos();

  private final OkxApi okx;
  private final List<PollListener> listeners;
  private final ValuationPoller poller;
  private final BackgroundRequests requests;
  private final Map<URI, ClockSchedule> clocks = new LinkedHashMap<>();
  private List<User> users = List.of();

  HostDiagnosis(
      OkxApi okx,
      List<PollListener> listeners,
      ValuationPoller poller,
      BackgroundRequests requests) {
    this.okx = okx;
    this.listeners = listeners;
    this.poller = poller;
    this.requests = requests;
  }

  /** Diagnoses the hosts of these users, and no others, from now on. */
  void update(List<User> all) {
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
    requestMaintenance(clock);
  }

  /** Runs the task once a clock measurement was attempted, so that its signature is valid. */
  void whenClockKnown(URI host, Runnable task) {
    Objects.requireNonNull(clocks.get(host)).whenKnown(task);
  }

  /**
   * Measures the host's clock as soon as allowed, after OKX rejected a signature's time.
   *
   * @return when the measurement is over at the latest, not counting its wait for the limiter
   */
  long clockRejected(URI host) {
    ClockSchedule clock = Objects.requireNonNull(clocks.get(host));
    long wait = Math.max(0, clock.earliest() - requests.now());
    if (clock.plan()) {
      requests.later(wait, () -> measureIf(clock.planned(), clock));
    }
    return requests.now() + wait + ClockSchedule.MAX_DURATION;
  }

  private void measureIf(boolean due, ClockSchedule clock) {
    if (due) {
      measureClock(clock);
    }
  }

  private void measureClock(ClockSchedule clock) {
    if (clock.underWay() || isGone(clock)) {
      return;
    }
    boolean rejected = clock.planned();
    clock.started(requests.now());
    URI host = clock.host();
    HttpProxy proxy = clock.route().proxy(usersOf(host));
    requests.<Duration>send(
        Purpose.DIAGNOSIS,
        Endpoint.PUBLIC_TIME,
        () -> true,
        () -> listeners.forEach(it -> it.sent(Endpoint.PUBLIC_TIME)),
        done -> okx.clockSkew(host, proxy, done),
        skew -> {
          long measurement = clock.finished(skew, rejected, requests.now());
          boolean otherRoute = takesOtherRoute(clock, proxy, skew);
          listeners.forEach(it -> it.measured(host, skew));
          if (clock.skewExpires(skew, rejected, requests.now())) {
            listeners.forEach(it -> it.forgotten(host, Endpoint.PUBLIC_TIME));
          }
          poller.clockMeasured(host);
          clock.takeWaiting().forEach(Runnable::run);
          requests.later(
              otherRoute ? ClockSchedule.MIN_INTERVAL : intervalAfter(measurement),
              () -> measureAgain(clock, measurement));
        });
  }

  /** The first is the least exact, as it includes loading classes and connecting. */
  private static long intervalAfter(long measurements) {
    return measurements == 1 ? ClockSchedule.MIN_INTERVAL : CLOCK_INTERVAL;
  }

  /** Measures unless a rejection caused a newer measurement, which continues the chain. */
  private void measureAgain(ClockSchedule clock, long measurement) {
    measureIf(clock.isNewest(measurement), clock);
  }

  private void requestMaintenance(ClockSchedule clock) {
    if (isGone(clock)) {
      return;
    }
    URI host = clock.host();
    HttpProxy proxy = clock.route().proxy(usersOf(host));
    requests.<List<Maintenance>>send(
        Purpose.DIAGNOSIS,
        Endpoint.SYSTEM_STATUS,
        () -> true,
        () -> listeners.forEach(it -> it.sent(Endpoint.SYSTEM_STATUS)),
        done -> okx.maintenance(host, proxy, done),
        maintenance -> {
          var unused = takesOtherRoute(clock, proxy, maintenance);
          listeners.forEach(it -> it.announced(host, maintenance));
          if (clock.maintenanceExpires(maintenance, requests.now())) {
            listeners.forEach(it -> it.forgotten(host, Endpoint.SYSTEM_STATUS));
          }
          requests.later(MAINTENANCE_INTERVAL, () -> requestMaintenance(clock));
        });
  }

  private boolean isGone(ClockSchedule clock) {
    return clocks.get(clock.host()) != clock;
  }

  private boolean takesOtherRoute(
      ClockSchedule clock, @Nullable HttpProxy used, Outcome<?> outcome) {
    return !isGone(clock) && clock.route().changesAfter(outcome, used, usersOf(clock.host()));
  }

  /** The users of the host, in the order of the configuration. */
  private List<User> usersOf(URI host) {
    return users.stream().filter(user -> user.baseUrl().equals(host)).toList();
  }
}
