package io.okxexporter.model;

import java.time.Duration;

/**
 * Runs tasks one after another on one thread, now or later. Data used only by its tasks needs no
 * lock.
 */
public interface Timer {
  /** Runs the task after those scheduled before it. */
  default void run(Runnable task) {
    schedule(task, Duration.ZERO);
  }

  /** Runs the task after the delay, measured in monotonic time. */
  void schedule(Runnable task, Duration delay);
}
