package io.okxexporter.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens in the accounts of one User ID, and when: an event every four hours, evenly spread
 * over two to six. The history begins before the exchange starts.
 */
final class EventSchedule {
  /** How long before the start of the exchange the history begins. */
  static final Duration HISTORY = Duration.ofDays(3);

  private static final long MEAN_PAUSE_MILLIS = Duration.ofHours(4).toMillis();

  /** Longer than any withdrawal takes: whatever began before the start is over by then. */
  private static final long QUIET_MILLIS = Duration.ofHours(1).toMillis();

  /** They take 42 hours at most, so that each is there to be seen at the start. */
  private static final List<EventKind> FIRST =
      List.of(
          EventKind.DEPOSIT,
          EventKind.TRANSFER_OUT,
          EventKind.SUBSCRIPTION,
          EventKind.WITHDRAWAL,
          EventKind.TRANSFER_IN,
          EventKind.REDEMPTION,
          EventKind.DEPOSIT);

  /** Equally likely afterwards. */
  private static final List<EventKind> MIX =
      List.of(
          EventKind.DEPOSIT,
          EventKind.DEPOSIT,
          EventKind.WITHDRAWAL,
          EventKind.WITHDRAWAL,
          EventKind.PAYMENT,
          EventKind.TRANSFER_OUT,
          EventKind.TRANSFER_IN,
          EventKind.SUBSCRIPTION,
          EventKind.REDEMPTION);

  private final SplittableRandom random;
  private final long startMillis;
  private final Deque<EventKind> kinds = new ArrayDeque<>(FIRST);
  private Event next;

  EventSchedule(SplittableRandom random, long startMillis) {
    this.random = random;
    this.startMillis = startMillis;
    this.next = after(startMillis - HISTORY.toMillis());
  }

  /** The next event to happen. */
  Event next() {
    return next;
  }

  /** The next event has happened. */
  void advance() {
    next = after(next.atMillis());
  }

  /** The first event after the start is a deposit within two minutes, for a newcomer to see. */
  private Event after(long millis) {
    long at = millis + random.nextLong(MEAN_PAUSE_MILLIS / 2, MEAN_PAUSE_MILLIS * 3 / 2);
    return millis < startMillis && at > startMillis - QUIET_MILLIS
        ? new Event(startMillis + random.nextLong(20_000, 80_000), EventKind.DEPOSIT)
        : new Event(at, kind());
  }

  private EventKind kind() {
    return kinds.isEmpty() ? MIX.get(random.nextInt(MIX.size())) : kinds.remove();
  }

  /** What happens. */
  enum EventKind {
    DEPOSIT,
    WITHDRAWAL,
    /** To another User ID of the exchange. */
    PAYMENT,
    /** From funding to trading. */
    TRANSFER_OUT,
    /** From trading to funding. */
    TRANSFER_IN,
    /** From funding to earn. */
    SUBSCRIPTION,
    /** From earn to funding. */
    REDEMPTION
  }

  /** What happens when. */
  record Event(long atMillis, EventKind kind) {}
}
