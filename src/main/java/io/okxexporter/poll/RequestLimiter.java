package io.okxexporter.poll;

import io.okxexporter.model.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Admits the requests of the whole process, first come first served, within its rate and
 * concurrency limits. Used on the timer's thread.
 */
public final class RequestLimiter {
  private static final int MAX_BACKGROUND_IN_FLIGHT = 64;
  private static final int BACKGROUND_EVERY = 10;

  private SlidingWindow totalRate;
  private double perSecond;
  private final int maxInFlight;
  private final Timer timer;
  private final LongSupplier now;

  /** Each starts its request, or returns false if there is nothing left to send. */
  private final Queue<BooleanSupplier> waiting = new ArrayDeque<>();

  /** Requests that only explain failures, which must not slow down the polls. */
  private final Queue<BooleanSupplier> background = new ArrayDeque<>();

  private int inFlight;
  private int backgroundInFlight;
  private int sinceLastBackground;
  private boolean scheduled;

  /**
   * @param now monotonic nanoseconds since the start
   */
  public RequestLimiter(double perSecond, int maxInFlight, Timer timer, LongSupplier now) {
    this.perSecond = perSecond;
    totalRate = new SlidingWindow(perSecond, 0);
    this.maxInFlight = maxInFlight;
    this.timer = timer;
    this.now = now;
  }

  /** Sets the maximum rate from now on. */
  public void setRate(double newPerSecond) {
    if (newPerSecond != perSecond) {
      perSecond = newPerSecond;
      totalRate = new SlidingWindow(newPerSecond, totalRate.free());
    }
  }

  /**
   * Starts the request as soon as the limits allow.
   *
   * @param start sends the request; returns false if there is nothing left to send
   */
  public void acquire(BooleanSupplier start) {
    waiting.add(start);
    admit();
  }

  /** Starts the request when no other waits, or after every tenth other request. */
  public void acquireInBackground(BooleanSupplier start) {
    background.add(start);
    admit();
  }

  /** A background request has completed. */
  public void releaseInBackground() {
    backgroundInFlight--;
    release();
  }

  /** A request has completed. */
  public void release() {
    inFlight--;
    admit();
  }

  private void admit() {
    for (Queue<BooleanSupplier> next = next(); next != null; next = next()) {
      long wait = totalRate.earliest() - now.getAsLong();
      if (wait > 0) {
        admitIn(wait);
        return;
      }
      long started = now.getAsLong();
      if (next.remove().getAsBoolean()) {
        inFlight++;
        totalRate.started(started);
        backgroundInFlight += next == background ? 1 : 0;
        sinceLastBackground = next == background ? 0 : sinceLastBackground + 1;
      }
    }
  }

  /** The queue of the next request; null if none waits or too many are in flight. */
  private @Nullable Queue<BooleanSupplier> next() {
    if (inFlight >= maxInFlight) {
      return null;
    }
    boolean mayStartBackground =
        !background.isEmpty() && backgroundInFlight < MAX_BACKGROUND_IN_FLIGHT;
    if (mayStartBackground && (waiting.isEmpty() || sinceLastBackground >= BACKGROUND_EVERY)) {
      return background;
    }
    return waiting.isEmpty() ? null : waiting;
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
