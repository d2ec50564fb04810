package io.okxexporter.poll;

import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.User;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Schedules the valuation requests of one user's units. A turn requests all due units back to back,
 * so that they describe the same moment. It ends at the first failure that is not specific to its
 * unit. Times are monotonic nanoseconds of one origin.
 */
final class UserSchedule {
  private final User user;
  private final long pollInterval;
  private final long phase;
  private final Backoff backoff;
  private final List<Unit> units = new ArrayList<>();

  private final Queue<Unit> turn = new ArrayDeque<>();

  private boolean paused;
  private boolean awaitsClock;
  private long notBefore;
  private int failuresInARow;
  private int next;
  private long turnBegan;

  /** One unit, its due time and its failures in a row. */
  static final class Unit {
    private final String ccy;
    private long due;
    private int failuresInARow;

    Unit(String ccy, long due) {
      this.ccy = ccy;
      this.due = due;
    }

    String ccy() {
      return ccy;
    }
  }

  /**
   * @param paused whether nothing is due until {@link #setPaused} changes it
   * @param phase when the first poll is due; later ones follow at multiples of the interval
   */
  UserSchedule(User user, Duration pollInterval, long phase, Backoff backoff, boolean paused) {
    this.user = user;
    this.pollInterval = pollInterval.toNanos();
    this.phase = phase;
    this.backoff = backoff;
    this.paused = paused;
    notBefore = phase;
    user.ccys().forEach(ccy -> units.add(new Unit(ccy, phase)));
  }

  User user() {
    return user;
  }

  /** When the next unit is due; {@link Budget#NEVER} while paused. */
  long due() {
    if (paused) {
      return Budget.NEVER;
    }
    long first = units.stream().mapToLong(unit -> unit.due).min().orElseThrow();
    return Math.max(notBefore, first);
  }

  /** Begins this user's turn, which requests each unit due now once. */
  void beginTurn(long now) {
    turn.clear();
    turnBegan = now;
    for (int i = 0; i < units.size(); i++) {
      Unit unit = units.get((next + i) % units.size());
      if (unit.due <= now) {
        turn.add(unit);
      }
    }
  }

  /** The next unit of this turn; null when the turn is over. */
  @Nullable Unit nextInTurn() {
    Unit unit = turn.poll();
    if (unit != null) {
      next = (units.indexOf(unit) + 1) % units.size();
    }
    return unit;
  }

  void succeeded(Unit unit) {
    failuresInARow = 0;
    unit.failuresInARow = 0;
    unit.due = nextRound();
  }

  /**
   * @param earliest when the next request of this User ID may start; the back-off is added to it
   */
  void failed(Unit unit, Failure<?> failure, long earliest) {
    switch (failure.reason().course()) {
      case PASSES -> {
        failuresInARow++;
        unit.failuresInARow++;
        unit.due = earliest + backoff.afterFailures(unit.failuresInARow);
        restUntil(earliest + backoff.afterFailures(failuresInARow));
      }
      // All units stay due: the next request, for any of them, shows whether it is fixed.
      case NEEDS_HUMAN -> restUntil(earliest + backoff.untilFixed());
      case NEEDS_OTHER_UNIT -> {
        failuresInARow = 0;
        unit.due = earliest + Math.max(pollInterval, backoff.untilFixed());
      }
    }
  }

  /** No unit of this user is requested before then. */
  long notBefore() {
    return notBefore;
  }

  boolean paused() {
    return paused;
  }

  /** Pauses or resumes the user; nothing is due while paused. */
  void setPaused(boolean paused) {
    this.paused = paused;
    if (paused) {
      turn.clear();
    }
  }

  /** Waits for the next clock measurement, after OKX rejected a request's time. */
  void awaitClock(long atTheLatest) {
    awaitsClock = true;
    restUntil(Math.max(notBefore, atTheLatest));
  }

  /** Makes the user due if it awaited the clock; returns whether it did. */
  boolean clockMeasured(long now) {
    boolean awaited = awaitsClock;
    if (awaited) {
      awaitsClock = false;
      units.forEach(unit -> unit.due = Math.min(unit.due, now));
      restUntil(now);
    }
    return awaited;
  }

  private void restUntil(long time) {
    notBefore = time;
    turn.clear();
  }

  /** The first multiple of the interval after this turn began; a late turn delays no later one. */
  private long nextRound() {
    return phase + (Math.floorDiv(turnBegan - phase, pollInterval) + 1) * pollInterval;
  }
}
