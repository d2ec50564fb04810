package io.okxexporter.diagnosis;

import io.okxexporter.model.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When the clock of one host may be measured: one measurement serves all users, however many of
 * them are refused at once. Times are monotonic nanoseconds since the start.
 */
final class ClockSchedule {
  /**
   * What a measurement takes at most: a second to send it, five until it times out, two until it is
   * given up.
   */
  static final long LONGEST = Duration.ofSeconds(8).toNanos();

  /** Measurements of one host are at least so far apart. */
  static final long LEAST_INTERVAL = Duration.ofSeconds(30).toNanos();

  private static final long SKEW_STANDS = Duration.ofMinutes(15).toNanos();

  private static final long MAINTENANCE_STANDS = Duration.ofMinutes(5).toNanos();

  private final URI host;
  private final List<Runnable> waiting = new ArrayList<>();
  private long earliest;
  private boolean underWay;
  private boolean planned;
  private long measurements;
  private long measuredAt;
  private long announcedAt;

  ClockSchedule(URI host) {
    this.host = host;
  }

  URI host() {
    return host;
  }

  /**
   * Runs the task now if the clock was measured or one attempt made, else as soon as that is so.
   */
  void whenKnown(Runnable task) {
    if (measurements > 0) {
      task.run();
    } else {
      waiting.add(task);
    }
  }

  /** Who waited for the first measurement. */
  List<Runnable> known() {
    List<Runnable> tasks = List.copyOf(waiting);
    waiting.clear();
    return tasks;
  }

  /** When the next measurement may start. */
  long earliest() {
    return earliest;
  }

  boolean underWay() {
    return underWay;
  }

  /** One is to start at {@link #earliest()}; false if one is on its way already. */
  boolean plan() {
    boolean first = !planned && !underWay;
    planned |= first;
    return first;
  }

  /** Whether the planned one has not been overtaken by another. */
  boolean planned() {
    return planned;
  }

  void started(long now) {
    underWay = true;
    planned = false;
    earliest = now + LEAST_INTERVAL;
  }

  /** The number of this measurement. */
  long finished() {
    underWay = false;
    return ++measurements;
  }

  /**
   * Whether what was measured before stands no longer: since a refusal says that it is wrong, or
   * since it could not be confirmed for long.
   *
   * @param blocked whether OKX refused our time before this measurement
   */
  boolean skewFalls(Outcome<?> outcome, boolean blocked, long now) {
    if (outcome instanceof Outcome.Success<?>) {
      measuredAt = now;
      return false;
    }
    return blocked || now - measuredAt > SKEW_STANDS;
  }

  /** Whether what was announced before stands no longer. */
  boolean maintenanceFalls(Outcome<?> outcome, long now) {
    if (outcome instanceof Outcome.Success<?>) {
      announcedAt = now;
      return false;
    }
    return now - announcedAt > MAINTENANCE_STANDS;
  }

  boolean isNewest(long measurement) {
    return measurement == measurements;
  }
}
