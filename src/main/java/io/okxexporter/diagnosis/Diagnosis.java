package io.okxexporter.diagnosis;

import io.okxexporter.model.OkxApi;
import io.okxexporter.model.Timer;
import io.okxexporter.model.User;
import io.okxexporter.poll.BackgroundRequests;
import io.okxexporter.poll.BudgetFactory;
import io.okxexporter.poll.PollListener;
import io.okxexporter.poll.RequestLimiter;
import io.okxexporter.poll.ValuationPoller;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Requests in advance what explains failures: each host's clock and maintenance, and each key's
 * identity and permissions. It affects valuations in two ways only: a user's first one waits, at
 * most ten seconds, for one such attempt, and keys of one User ID share a budget. Used on the
 * timer's thread.
 */
public final class Diagnosis {
  private final HostDiagnosis hosts;
  private final KeyDiagnosis keys;
  private final BackgroundRequests requests;

  /**
   * @param now monotonic nanoseconds since the start
   * @param random spreads retries
   */
  public Diagnosis(
      OkxApi okx,
      List<PollListener> listeners,
      boolean allowTradingKeys,
      ValuationPoller poller,
      RequestLimiter limiter,
      Timer timer,
      LongSupplier now,
      RandomGenerator random) {
    requests = new BackgroundRequests(limiter, timer, now, listeners);
    hosts = new HostDiagnosis(okx, listeners, poller, requests);
    keys = new KeyDiagnosis(okx, listeners, allowTradingKeys, poller, requests, timer, random);
  }

  /**
   * Begins to diagnose new and changed users and ends the diagnosis of users that are gone. The
   * first requests about keys are spread over the poll interval.
   */
  public void update(List<User> all, Duration pollInterval) {
    hosts.update(all);
    keys.retain(Set.copyOf(all));
    List<User> arriving = all.stream().filter(user -> !keys.knows(user)).toList();
    for (int i = 0; i < arriving.size(); i++) {
      User user = arriving.get(i);
      long phase = BudgetFactory.phase(i, arriving.size(), pollInterval);
      long due = requests.now() + phase;
      KeyDiagnosis.Key key = keys.add(user, phase);
      hosts.whenClockKnown(
          user.baseUrl(), () -> requests.later(Math.max(0, due - requests.now()), key::request));
    }
  }

  /**
   * Measures the host's clock as soon as allowed, after OKX rejected a signature's time.
   *
   * @return when the measurement is over at the latest, not counting its wait for the limiter
   */
  public long clockRejected(URI host) {
    return hosts.clockRejected(host);
  }
}
