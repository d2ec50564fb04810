package io.okxexporter.schedule;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Admits the requests of the whole process, first come first served, as its bounds allow. Used on
 * the timer's thread.
 */
final class Gate {
  private TotalRate totalRate;
  private double perSecond;
  private final int maxInFlight;
  private final Timer timer;
  private final LongSupplier now;

  /** Those who wait; each starts its request, or says that there is none any more. */
  private final Queue<BooleanSupplier> waiting = new ArrayDeque<>();

  private int inFlight;
  private boolean scheduled;

  /**
   * @param now monotonic nanoseconds since the start
   */
  Gate(double perSecond, int maxInFlight, Timer timer, LongSupplier now) {
    this.perSecond = perSecond;
    totalRate = new TotalRate(perSecond, 0);
    this.maxInFlight = maxInFlight;
    this.timer = timer;
    this.now = now;
  }

  /** From now on no more than this. */
  void bound(double newPerSecond) {
    if (newPerSecond != perSecond) {
      perSecond = newPerSecond;
      totalRate = new TotalRate(newPerSecond, totalRate.free());
    }
  }

  /**
   * Waits for a place, at once if there is one.
   *
   * @param start sends the request; false if there is nothing to send any more
   */
  void enter(BooleanSupplier start) {
    waiting.add(start);
    admit();
  }

  /** A request came to its end. */
  void left() {
    inFlight--;
    admit();
  }

  private void admit() {
    while (!waiting.isEmpty() && inFlight < maxInFlight) {
      long wait = totalRate.earliest() - now.getAsLong();
      if (wait > 0) {
        admitIn(wait);
        return;
      }
      long started = now.getAsLong();
      if (waiting.remove().getAsBoolean()) {
        inFlight++;
        totalRate.started(started);
      }
    }
  }

  private void admitIn(long nanos) {
    if (!scheduled) {
      scheduled = true;
      timer.schedule(
          () -> {
            scheduled = false;
            admit();
          },
          Duration.ofNanos(nanos));
    }
  }
}
