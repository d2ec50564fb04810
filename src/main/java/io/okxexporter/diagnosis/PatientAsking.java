package io.okxexporter.diagnosis;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Timer;
import io.okxexporter.poll.Gate;
import io.okxexporter.poll.PollListener;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Asks what is not a valuation: through the gate of the process, like every request, but behind the
 * valuations. Used on the timer's thread, on which answers arrive as well.
 */
final class PatientAsking {
  private final Gate gate;
  private final Timer timer;
  private final LongSupplier now;
  private final List<PollListener> listeners;

  PatientAsking(Gate gate, Timer timer, LongSupplier now, List<PollListener> listeners) {
    this.gate = gate;
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
    gate.enterPatiently(
        () -> {
          long started = now.getAsLong();
          asked.run();
          question.accept(
              outcome -> {
                Duration took = Duration.ofNanos(now.getAsLong() - started);
                timer.run(
                    () -> {
                      gate.leftPatiently();
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
