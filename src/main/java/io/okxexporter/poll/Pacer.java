package io.okxexporter.poll;

import java.time.Duration;

/**
 * Computes when the next request of one User ID may start. Callers pass the time; all times are
 * monotonic nanoseconds of one origin.
 *
 * <p>One request is in flight at a time, and the next starts no earlier than one gap after the
 * previous one completed. The request of a lost response may not have arrived at OKX yet: after
 * <i>k</i> lost responses in a row the next request waits <i>k</i> + 1 gaps.
 */
final class Pacer {
  /**
   * Further lost responses do not lengthen the wait. No rule can cover a request more than a gap
   * late, and an outage must not delay the recovery by minutes.
   */
  private static final int MAX_LOST = 10;

  private long gap;
  private long earliest;
  private int lostInARow;
  private int inFlight;

  /** The first request waits two gaps, as a previous process may just have sent one. */
  Pacer(Duration gap, long now) {
    this(gap.toNanos(), now + 2 * gap.toNanos());
  }

  private Pacer(long gap, long earliest) {
    this.gap = gap;
    this.earliest = earliest;
  }

  /** The first request may start now, as no other process sends any. */
  static Pacer withoutPredecessor(Duration gap, long now) {
    return new Pacer(gap.toNanos(), now);
  }

  /** When the next request may start; while one is in flight, a lower bound. */
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
   * The request has completed.
   *
   * @param lost whether it may still be on its way to OKX
   * @param retryAfter how long OKX asked to wait
   */
  void completed(long now, boolean lost, Duration retryAfter) {
    inFlight--;
    lostInARow = lost ? Math.min(lostInARow + 1, MAX_LOST) : 0;
    holdUntil(now + Math.max((lostInARow + 1) * gap, retryAfter.toNanos()));
  }

  /**
   * Counts the other pacer's requests as this one's, including those in flight. Nothing starts
   * before both pacers would have allowed it.
   */
  void join(Pacer other) {
    gap = Math.max(gap, other.gap);
    inFlight += other.inFlight;
    lostInARow = Math.max(lostInARow, other.lostInARow);
    holdUntil(other.earliest);
  }

  /** Makes the gap at least this long from now on. */
  void widen(Duration least) {
    gap = Math.max(gap, least.toNanos());
  }

  /** Starts no request of this User ID before then. */
  void holdUntil(long time) {
    earliest = Math.max(earliest, time);
  }
}
