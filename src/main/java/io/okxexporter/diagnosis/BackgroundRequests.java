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
 * Asks what is not a valuation: through the gate of the process, like every request, but behind the
 * valuations. Used on the timer's thread, on which answers arrive as well.
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
   * @param asked is told when the request goes out
   * @param question sends it
   * @param answered is given what came of it
   */
  <T> void ask(
      Endpoint endpoint,
      Runnable asked,
      Consumer<Consumer<Outcome<T>>> question,
      Consumer<Outcome<T>> answered) {
    limiter.enterInBackground(
        () -> {
          long started = now.getAsLong();
          asked.run();
          question.accept(
              outcome -> {
                Duration took = Duration.ofNanos(now.getAsLong() - started);
                timer.run(
                    () -> {
                      limiter.leftInBackground();
                      try {
                        listeners.forEach(it -> it.took(endpoint, took));
                      } finally {
                        answered.accept(outcome);
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
