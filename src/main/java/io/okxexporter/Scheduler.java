package io.okxexporter;

import io.okxexporter.diagnosis.Diagnosis;
import io.okxexporter.diagnosis.DiagnosisOptions;
import io.okxexporter.ledger.LedgerPoller;
import io.okxexporter.ledger.LedgerSource;
import io.okxexporter.model.Clock;
import io.okxexporter.model.OkxApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Timer;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.poll.BackgroundRequests;
import io.okxexporter.poll.Backoff;
import io.okxexporter.poll.PollLimits;
import io.okxexporter.poll.PollListener;
import io.okxexporter.poll.RequestLimiter;
import io.okxexporter.poll.ValuationPoller;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Schedules all requests to OKX: the valuations, the ledgers, and the diagnosis that explains
 * failures. All scheduling runs on the timer's thread.
 */
final class Scheduler {
  private final Clock clock;
  private final Timer timer;
  private final long origin;
  private final List<User> users;
  private final PollLimits limits;
  private final RequestLimiter limiter;
  private final ValuationPoller poller;
  private final @Nullable Diagnosis diagnosis;
  private final @Nullable LedgerPoller ledgers;
  private boolean started;

  /**
   * @param random for the jitter of retries
   * @param listeners called one after another
   * @param diagnose null to request valuations only
   * @param ledgerSource null to read no ledgers; they need the diagnosis
   */
  Scheduler(
      List<User> users,
      PollLimits limits,
      Clock clock,
      Timer timer,
      RandomGenerator random,
      OkxApi okx,
      List<PollListener> listeners,
      @Nullable DiagnosisOptions diagnose,
      @Nullable LedgerSource ledgerSource) {
    this.clock = clock;
    this.timer = timer;
    origin = clock.nanoTime();
    limiter =
        new RequestLimiter(limits.maxRequestsPerSecond(), limits.maxInFlight(), timer, this::now);
    List<PollListener> all =
        Stream.concat(listeners.stream(), Stream.of(new ClockWatch())).toList();
    poller = new ValuationPoller(limiter, timer, this::now, limits, new Backoff(random), okx, all);
    Backoff backoff = new Backoff(random);
    ledgers =
        diagnose == null || ledgerSource == null
            ? null
            : new LedgerPoller(
                ledgerSource,
                new BackgroundRequests(limiter, timer, this::now, listeners),
                timer,
                backoff,
                listeners);
    diagnosis =
        diagnose == null
            ? null
            : new Diagnosis(
                okx,
                ledgers == null
                    ? listeners
                    : Stream.concat(listeners.stream(), Stream.of(ledgers)).toList(),
                diagnose.allowTradingKeys(),
                poller,
                limiter,
                timer,
                this::now,
                random);
    this.users = users;
    this.limits = limits;
  }

  /** Begins to poll, unless a reload has done so already. */
  void start() {
    timer.run(
        () -> {
          if (!started) {
            poll(users, limits, () -> {});
          }
        });
  }

  /**
   * Polls these users from now on. Unchanged users are not affected, and all budgets are kept.
   *
   * @param applied called on the timer's thread once the change applies, before any new request
   */
  void reload(List<User> newUsers, PollLimits newLimits, Runnable applied) {
    timer.run(() -> poll(newUsers, newLimits, applied));
  }

  private void poll(List<User> newUsers, PollLimits newLimits, Runnable applied) {
    started = true;
    limiter.setRate(newLimits.maxRequestsPerSecond());
    poller.reload(
        newUsers,
        newLimits,
        diagnosis != null,
        () -> {
          applied.run();
          if (diagnosis != null) {
            if (ledgers != null) {
              ledgers.update(newUsers, newLimits);
            }
            diagnosis.update(newUsers, newLimits.pollInterval());
          }
        });
  }

  private long now() {
    return clock.nanoTime() - origin;
  }

  /** After OKX rejects a request's time, measures the clock and delays the user until then. */
  private final class ClockWatch implements PollListener {
    @Override
    public void valued(User user, String ccy, Outcome<Valuation> outcome) {
      if (diagnosis != null
          && outcome instanceof Failure<Valuation> failure
          && failure.reason() == Reason.CLOCK) {
        poller.awaitClock(user, diagnosis.clockRejected(user.baseUrl()));
      }
    }
  }
}
