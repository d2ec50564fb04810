package io.okxexporter.diagnosis;

import io.okxexporter.model.OkxApi;
import io.okxexporter.model.Timer;
import io.okxexporter.model.User;
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
 * Asks what explains a failure before anybody wonders: each host's clock and maintenance, and what
 * each key is and may do. Nothing of it can disturb the valuations, but that a user's first one
 * waits for one attempt, ten seconds at most, and that keys of one User ID are joined. Used on the
 * timer's thread.
 */
public final class Diagnosis {
  private final HostDiagnosis hosts;
  private final KeyDiagnosis keys;
  private final BackgroundRequests asking;

  public Diagnosis(
      OkxApi okx,
      List<PollListener> listeners,
      boolean allowTradingKeys,
      ValuationPoller poller,
      RequestLimiter limiter,
      Timer timer,
      LongSupplier now,
      RandomGenerator random) {
    asking = new BackgroundRequests(limiter, timer, now, listeners);
    hosts = new HostDiagnosis(okx, listeners, poller, asking);
    keys = new KeyDiagnosis(okx, listeners, allowTradingKeys, poller, asking, timer, random);
  }

  /**
   * Users that are new or changed are to be asked about; what concerns others than those there are
   * now ends by itself. The first questions about keys are spread over the interval.
   */
  public void enter(List<User> all, Duration pollInterval) {
    hosts.enter(all);
    keys.retain(Set.copyOf(all));
    List<User> arriving = all.stream().filter(user -> !keys.knows(user)).toList();
    for (int i = 0; i < arriving.size(); i++) {
      User user = arriving.get(i);
      long phase = BudgetFactory.phase(i, arriving.size(), pollInterval);
      long due = asking.now() + phase;
      KeyDiagnosis.Key key = keys.add(user, phase);
      hosts.whenClockKnown(
          user.baseUrl(), () -> asking.later(Math.max(0, due - asking.now()), key::ask));
    }
  }

  /**
   * A signature was refused for its time: the clock is measured as soon as it may be.
   *
   * @return when the measurement is over at the latest, but for its wait at the gate
   */
  public long clockRefused(URI host) {
    return hosts.clockRefused(host);
  }
}
