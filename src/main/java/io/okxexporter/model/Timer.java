package io.okxexporter.model;

import java.time.Duration;

/**
 * Runs tasks one after another on one thread, now or later: whatever is only touched from its tasks
 * needs no lock.
 */
public interface Timer {
  /** Runs the task as soon as those before it have run. */
  default void run(Runnable task) {
    schedule(task, Duration.ZERO);
  }

  /** Runs the task once the delay, by monotonic time, has passed. */
  void schedule(Runnable task, Duration delay);
}
