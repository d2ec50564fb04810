package io.okxexporter.diagnosis;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Timer;
import io.okxexporter.poll.PollListener;
import io.okxexporter.poll.RequestLimiter;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends the requests other than valuations through the process's request limiter, behind the
 * valuations. Used on the timer's thread, which also receives the responses.
 */
final class BackgroundRequests {
  private final RequestLimiter limiter;
  private final Timer timer;
  private final LongSupplier now;
  private final List<PollListener> listeners;

  BackgroundRequests(
      RequestLimiter limiter, Timer timer, LongSupplier now, List<PollListener> listeners) {
    this.limiter = limiter;
    this.timer = timer;
    this.now = now;
    this.listeners = listeners;
  }

  /**
   * Sends a request once the limiter admits it.
   *
   * @param onSend called when the request is sent
   * @param request sends it
   * @param onOutcome receives its outcome
   */
  <T> void send(
      Endpoint endpoint,
      Runnable onSend,
      Consumer<Consumer<Outcome<T>>> request,
      Consumer<Outcome<T>> onOutcome) {
    limiter.acquireInBackground(
        () -> {
          long started = now.getAsLong();
          onSend.run();
          request.accept(
              outcome -> {
                Duration took = Duration.ofNanos(now.getAsLong() - started);
                timer.run(
                    () -> {
                      limiter.releaseInBackground();
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

  void later(long nanos, Runnable task) {
    timer.schedule(task, Duration.ofNanos(nanos));
  }

  long now() {
    return now.getAsLong();
  }
}
