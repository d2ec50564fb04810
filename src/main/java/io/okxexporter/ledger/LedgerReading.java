package io.okxexporter.ledger;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.User;
import io.okxexporter.poll.BackgroundRequests;
import io.okxexporter.poll.Backoff;
import io.okxexporter.poll.PacedQueue;
import io.okxexporter.poll.RequestLimiter.Purpose;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads one ledger round after round: every interval, later after failures. Used on the timer's
 * thread.
 *
 * @param <P> a page
 */
final class LedgerReading<P> {
  /** Codes that last until a person acts at OKX: the ledger is tried again hourly. */
  private static final Set<String> REFUSALS =
      Set.of("50030", "50038", "50120", "59500", "59600", "59604");

  private static final Set<Endpoint> MAY_NOT_BE_OFFERED =
      Set.of(Endpoint.FIAT_WITHDRAWALS, Endpoint.SUB_ACCOUNT_BILLS);

  private static final long HOUR = Duration.ofHours(1).toNanos();

  /** The pages of a round. */
  interface Pages<P> {
    /** Begins a round. */
    void begin();

    /** Whether the round needs another page. */
    boolean more();

    /** Sends the request for the next page with this user's key; calls back once, on any thread. */
    void send(User user, Consumer<Outcome<P>> done);

    /** The requested page. */
    void page(P page);

    /** The ledger was read to its end. */
    void finished();

    /** Announces and returns the time from one round's begin to the next one, as it is now. */
    Duration plan();

    /** A request failed; returns whether that ended the round. */
    boolean failed(Failure<P> failure);

    /** OKX refuses the ledger with every key. */
    default void refused(Failure<P> failure) {}
  }

  private final Endpoint endpoint;
  private final Purpose purpose;
  private final UserIdLedgers ledgers;
  private final Pages<P> pages;
  private final BackgroundRequests requests;
  private final PacedQueue queue;
  private final Backoff backoff;
  private long began;
  private int key;
  private int failuresInARow;
  private int rejectedInARow;
  private boolean stopped;

  /**
   * @param purpose the share of the requests it uses
   * @param ledgers has the key, and is notified of each request
   * @param queue spaces the requests to this endpoint of this User ID
   */
  LedgerReading(
      Endpoint endpoint,
      Purpose purpose,
      UserIdLedgers ledgers,
      Pages<P> pages,
      BackgroundRequests requests,
      PacedQueue queue,
      Backoff backoff) {
    this.endpoint = endpoint;
    this.purpose = purpose;
    this.ledgers = ledgers;
    this.pages = pages;
    this.requests = requests;
    this.queue = queue;
    this.backoff = backoff;
  }

  /** Begins a round. */
  void begin() {
    if (!stopped) {
      began = requests.now();
      pages.begin();
      proceed();
    }
  }

  /** Sends nothing from now on. */
  void stop() {
    stopped = true;
  }

  private void proceed() {
    if (pages.more()) {
      queue.enter(this::send);
    } else {
      failuresInARow = 0;
      rejectedInARow = 0;
      pages.finished();
      long next = began + pages.plan().toNanos();
      requests.later(Math.max(0, next - requests.now()), this::begin);
    }
  }

  private void send(Consumer<Outcome<?>> ended) {
    User user = ledgers.user(key);
    requests.<P>send(
        purpose,
        endpoint,
        () -> !stopped,
        () -> ledgers.sent(user, endpoint),
        done -> pages.send(user, done),
        outcome -> {
          ended.accept(outcome);
          ledgers.requested(user, endpoint, outcome);
          if (!stopped) {
            received(outcome);
          }
        });
  }

  private void received(Outcome<P> outcome) {
    if (outcome instanceof Success<P> page) {
      pages.page(page.value());
      proceed();
    } else {
      failed((Failure<P>) outcome);
    }
  }

  private void failed(Failure<P> failure) {
    if (pages.failed(failure)) {
      requests.later(delay(failure), this::begin);
    } else {
      proceed();
    }
  }

  private long delay(Failure<P> failure) {
    if (isRefused(failure)) {
      if (!allKeysRejected()) {
        return backoff.untilFixed();
      }
      pages.refused(failure);
      return HOUR;
    }
    return switch (failure.reason().course()) {
      case PASSES -> passing();
      case NEEDS_HUMAN -> {
        allKeysRejected();
        yield backoff.untilFixed();
      }
      case NEEDS_OTHER_UNIT -> backoff.untilFixed();
    };
  }

  /**
   * After the first retry, no sooner than planned: many ledgers that fail must not crowd others.
   */
  private long passing() {
    failuresInARow++;
    long wait = backoff.afterFailures(failuresInARow);
    return failuresInARow == 1 ? wait : Math.max(wait, pages.plan().toNanos());
  }

  /** Takes the next key; returns whether every key was rejected since the last success. */
  private boolean allKeysRejected() {
    key++;
    rejectedInARow++;
    return rejectedInARow >= ledgers.keys();
  }

  private boolean isRefused(Failure<P> failure) {
    return failure.code() != null
        && (REFUSALS.contains(failure.code())
            || (MAY_NOT_BE_OFFERED.contains(endpoint)
                && LedgerName.isNotOffered(failure.reason())));
  }
}
