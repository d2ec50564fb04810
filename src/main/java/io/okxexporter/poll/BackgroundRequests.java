package io.okxexporter.poll;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Timer;
import io.okxexporter.poll.RequestLimiter.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends the requests other than valuations through the process's request limiter. Used on the
 * timer's thread, which also receives the responses.
 */
public final class BackgroundRequests {
  private final RequestLimiter limiter;
  private final Timer timer;
  private final LongSupplier now;
  private final List<PollListener> listeners;

  /**
   * @param now monotonic nanoseconds since the start
   * @param listeners notified of how long each request took
   */
  public BackgroundRequests(
      RequestLimiter limiter, Timer timer, LongSupplier now, List<PollListener> listeners) {
    this.limiter = limiter;
    this.timer = timer;
    this.now = now;
    this.listeners = listeners;
  }

  /**
   * Sends a request once the limiter admits it.
   *
   * @param purpose its share while the rate is short
   * @param isWanted whether it is still to be sent once it is admitted
   * @param onSend called when the request is sent
   * @param request sends it
   * @param onOutcome receives its outcome
   */
  public <T> void send(
      Purpose purpose,
      Endpoint endpoint,
      BooleanSupplier isWanted,
      Runnable onSend,
      Consumer<Consumer<Outcome<T>>> request,
      Consumer<Outcome<T>> onOutcome) {
    limiter.acquire(
        purpose,
        () -> {
          if (!isWanted.getAsBoolean()) {
            return false;
          }
          long started = now.getAsLong();
          onSend.run();
          request.accept(
              outcome -> {
                Duration took = Duration.ofNanos(now.getAsLong() - started);
                timer.run(
                    () -> {
                      limiter.release(purpose);
                      try {
                        listeners.forEach(it -> it.took(endpoint, took));
                      } finally {
                        onOutcome.accept(outcome);
                      }
                    });
              });
          return true;
        });
  }

  /** Runs the task after this many nanoseconds. */
  public void later(long nanos, Runnable task) {
    timer.schedule(task, Duration.ofNanos(nanos));
  }

  /** Monotonic nanoseconds since the start. */
  public long now() {
    return now.getAsLong();
  }
}
