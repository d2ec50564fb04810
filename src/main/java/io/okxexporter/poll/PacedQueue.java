package io.okxexporter.poll;

import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends the requests of one budget one after another, each when the {@link Pacer} allows. Used on
 * the timer's thread.
 */
public final class PacedQueue {
  private final Pacer pacer;
  private final Timer timer;
  private final LongSupplier now;
  private final Queue<Consumer<Consumer<Outcome<?>>>> waiting = new ArrayDeque<>();
  private boolean scheduled;

  private PacedQueue(Pacer pacer, Timer timer, LongSupplier now) {
    this.pacer = pacer;
    this.timer = timer;
    this.now = now;
  }

  /**
   * Creates a queue whose first request starts at once, as no other process sends any.
   *
   * @param now monotonic nanoseconds
   */
  public static PacedQueue withoutPredecessor(Duration gap, Timer timer, LongSupplier now) {
    return new PacedQueue(Pacer.withoutPredecessor(gap, now.getAsLong()), timer, now);
  }

  /**
   * Creates a queue whose first request waits two gaps, as a previous process may just have sent
   * one.
   *
   * @param now monotonic nanoseconds
   */
  public static PacedQueue afterAnother(Duration gap, Timer timer, LongSupplier now) {
    return new PacedQueue(new Pacer(gap, now.getAsLong()), timer, now);
  }

  /**
   * Adds a request to the queue.
   *
   * @param request sends the request and passes its outcome, once and on the timer's thread, to the
   *     consumer it is given
   */
  public void enter(Consumer<Consumer<Outcome<?>>> request) {
    waiting.add(request);
    next();
  }

  /** Makes the gap at least this long from now on. */
  public void widen(Duration gap) {
    pacer.widen(gap);
  }

  private void next() {
    if (scheduled || waiting.isEmpty() || pacer.inFlight()) {
      return;
    }
    long delay = pacer.earliest() - now.getAsLong();
    if (delay > 0) {
      scheduled = true;
      timer.schedule(this::resume, Duration.ofNanos(delay));
    } else {
      pacer.started(now.getAsLong());
      waiting.remove().accept(this::completed);
    }
  }

  private void resume() {
    scheduled = false;
    next();
  }

  private void completed(Outcome<?> outcome) {
    boolean lost = outcome instanceof Failure<?> failure && failure.lost();
    Duration retryAfter =
        outcome instanceof Failure<?> failure ? failure.retryAfter() : Duration.ZERO;
    pacer.completed(now.getAsLong(), lost, retryAfter);
    next();
  }
}
