package io.okxexporter.poll;

import java.time.Duration;

/**
 * When the next request of one User ID may start. Is told the time and answers with a time; all
 * times are monotonic nanoseconds of one origin.
 *
 * <p>One request is in flight, and the next starts no earlier than one gap after the previous one
 * completed. A lost answer may mean a request that has not arrived yet: after <i>k</i> of them in a
 * row the next waits <i>k</i> + 1 gaps.
 */
final class Pacer {
  /**
   * More lost answers in a row do not make the wait longer: a request that is more than a gap late
   * is beyond any rule, and an outage must not make the recovery wait for minutes.
   */
  private static final int MAX_LOST = 10;

  private long gap;
  private long earliest;
  private int lostInARow;
  private int inFlight;

  /** The first request waits two gaps: the previous process may have just sent one. */
  Pacer(Duration gap, long now) {
    this(gap.toNanos(), now + 2 * gap.toNanos());
  }

  private Pacer(long gap, long earliest) {
    this.gap = gap;
    this.earliest = earliest;
  }

  /** Where no other process asks: the first request may start now. */
  static Pacer alone(Duration gap, long now) {
    return new Pacer(gap.toNanos(), now);
  }

  /** When the next request may start, as far as it is known while one is in flight. */
  long earliest() {
    return earliest;
  }

  boolean inFlight() {
    return inFlight > 0;
  }

  void started(long now) {
    if (inFlight > 0) {
      throw new IllegalStateException("a request is in flight");
    }
    if (now < earliest) {
      throw new IllegalStateException("started " + (earliest - now) + " ns too early");
    }
    inFlight++;
  }

  /**
   * The request came to its end.
   *
   * @param lost whether it may still be on its way to OKX
   * @param retryAfter how long OKX asked to be left alone
   */
  void completed(long now, boolean lost, Duration retryAfter) {
    inFlight--;
    lostInARow = lost ? Math.min(lostInARow + 1, MAX_LOST) : 0;
    holdUntil(now + Math.max((lostInARow + 1) * gap, retryAfter.toNanos()));
  }

  /**
   * The other's requests count as this one's from now on, also those in flight: nothing starts
   * before both would have let it start.
   */
  void join(Pacer other) {
    gap = Math.max(gap, other.gap);
    inFlight += other.inFlight;
    lostInARow = Math.max(lostInARow, other.lostInARow);
    holdUntil(other.earliest);
  }

  /** From now on the gap is at least so long. */
  void widen(Duration least) {
    gap = Math.max(gap, least.toNanos());
  }

  /** Nothing of this User ID starts before then. */
  void holdUntil(long time) {
    earliest = Math.max(earliest, time);
  }
}
