package io.okxexporter.diagnosis;

import io.okxexporter.model.ClockSkew;
import io.okxexporter.model.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Schedules the clock measurements of one host. One measurement serves all users, however many OKX
 * rejects at once. Times are monotonic nanoseconds since the start.
 */
final class ClockSchedule {
  /**
   * The longest time a measurement takes: one second to send it, five until it times out, two until
   * it is given up.
   */
  static final long MAX_DURATION = Duration.ofSeconds(8).toNanos();

  /** The minimum interval between measurements of one host, unless they show a new skew. */
  static final long MIN_INTERVAL = Duration.ofSeconds(30).toNanos();

  /** The minimum interval while each measurement shows a new skew; OKX allows five a second. */
  static final long MIN_INTERVAL_OF_JUMPS = Duration.ofSeconds(1).toNanos();

  private static final long SKEW_VALIDITY = Duration.ofMinutes(15).toNanos();

  private static final long MAINTENANCE_VALIDITY = Duration.ofMinutes(5).toNanos();

  private final URI host;
  private final FallbackRoute route = new FallbackRoute();
  private final List<Runnable> waiting = new ArrayList<>();
  private long earliest;
  private boolean underWay;
  private boolean planned;
  private long measurements;
  private long measuredAt;
  private long announcedAt;
  private @Nullable Duration skew;

  ClockSchedule(URI host) {
    this.host = host;
  }

  URI host() {
    return host;
  }

  FallbackRoute route() {
    return route;
  }

  /** Runs the task now if a measurement was attempted already, or else keeps it until one was. */
  void whenKnown(Runnable task) {
    if (measurements > 0) {
      task.run();
    } else {
      waiting.add(task);
    }
  }

  /** Removes and returns the tasks that await the first measurement. */
  List<Runnable> takeWaiting() {
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

  /** Plans one for {@link #earliest()}; returns false if one is planned or under way already. */
  boolean plan() {
    boolean first = !planned && !underWay;
    planned |= first;
    return first;
  }

  /** Whether one is planned and no other has started since. */
  boolean planned() {
    return planned;
  }

  void started(long now) {
    underWay = true;
    planned = false;
    earliest = now + MIN_INTERVAL;
  }

  /**
   * The number of this measurement. If OKX rejects a time signed with its result, that is measured
   * again, unless this one repeated the last result in vain.
   *
   * @param rejected whether OKX rejected our time before this measurement
   */
  long finished(Outcome<Duration> outcome, boolean rejected, long now) {
    underWay = false;
    if (outcome instanceof Outcome.Success<Duration> ok) {
      if (!rejected || isNew(ok.value())) {
        earliest = now + MIN_INTERVAL_OF_JUMPS;
      }
      skew = ok.value();
    }
    return ++measurements;
  }

  private boolean isNew(Duration measured) {
    return skew == null || measured.minus(skew).abs().compareTo(ClockSkew.TOLERATED) > 0;
  }

  /**
   * Whether the last measured skew is no longer valid: OKX rejected a time based on it, or it has
   * gone unconfirmed for too long.
   *
   * @param rejected whether OKX rejected our time before this measurement
   */
  boolean skewExpires(Outcome<?> outcome, boolean rejected, long now) {
    if (outcome instanceof Outcome.Success<?>) {
      measuredAt = now;
      return false;
    }
    return rejected || now - measuredAt > SKEW_VALIDITY;
  }

  /** Whether the last announced maintenance is no longer valid. */
  boolean maintenanceExpires(Outcome<?> outcome, long now) {
    if (outcome instanceof Outcome.Success<?>) {
      announcedAt = now;
      return false;
    }
    return now - announcedAt > MAINTENANCE_VALIDITY;
  }

  boolean isNewest(long measurement) {
    return measurement == measurements;
  }
}
