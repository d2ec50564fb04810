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
 * Requests of one budget, one after another: each starts when the {@link Pacer} allows. Used on the
 * timer's thread.
 */
public final class PacedQueue {
  private final Pacer pacer;
  private final Timer timer;
  private final LongSupplier now;
  private final Queue<Consumer<Consumer<Outcome<?>>>> waiting = new ArrayDeque<>();
  private boolean awaits;

  private PacedQueue(Pacer pacer, Timer timer, LongSupplier now) {
    this.pacer = pacer;
    this.timer = timer;
    this.now = now;
  }

  /**
   * Where no other process sends requests: the first one starts at once.
   *
   * @param now monotonic nanoseconds
   */
  public static PacedQueue alone(Duration gap, Timer timer, LongSupplier now) {
    return new PacedQueue(Pacer.alone(gap, now.getAsLong()), timer, now);
  }

  /**
   * Where a process before us may just have asked: the first request waits two gaps.
   *
   * @param now monotonic nanoseconds
   */
  public static PacedQueue afterAnother(Duration gap, Timer timer, LongSupplier now) {
    return new PacedQueue(new Pacer(gap, now.getAsLong()), timer, now);
  }

  /**
   * Waits its turn.
   *
   * @param request calls what it is given with what came of it, once, on the timer's thread
   */
  public void enter(Consumer<Consumer<Outcome<?>>> request) {
    waiting.add(request);
    next();
  }

  /** From now on the gap is at least so long. */
  public void widen(Duration gap) {
    pacer.widen(gap);
  }

  private void next() {
    if (awaits || waiting.isEmpty() || pacer.inFlight()) {
      return;
    }
    long wait = pacer.earliest() - now.getAsLong();
    if (wait > 0) {
      awaits = true;
      timer.schedule(this::awaited, Duration.ofNanos(wait));
    } else {
      pacer.started(now.getAsLong());
      waiting.remove().accept(this::ended);
    }
  }

  private void awaited() {
    awaits = false;
    next();
  }

  private void ended(Outcome<?> outcome) {
    boolean lost = outcome instanceof Failure<?> failure && failure.lost();
    Duration retryAfter =
        outcome instanceof Failure<?> failure ? failure.retryAfter() : Duration.ZERO;
    pacer.completed(now.getAsLong(), lost, retryAfter);
    next();
  }
}
