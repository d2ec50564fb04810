package io.okxexporter.check;

import java.time.Duration;

/** Runs tasks one after another on one thread, once a delay has passed. */
@FunctionalInterface
public interface Later {
  /** Runs the task then. */
  void run(Runnable task, Duration delay);
}
