package io.okxexporter.poll;

import io.okxexporter.model.Timer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The timer of real life: one daemon thread. */
public final class ExecutorTimer implements Timer, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ExecutorTimer.class);

  private final ScheduledThreadPoolExecutor executor;

  /**
   * Starts the thread with the first task.
   *
   * @param name of the thread
   */
  public ExecutorTimer(String name) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void schedule(Runnable task, Duration delay) {
    try {
      var unused = executor.schedule(() -> runLogged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("timer is closed; task dropped");
    }
  }

  /** An executor would keep an exception to itself. */
  private static void runLogged(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      log.error("uncaught exception in scheduled task", e);
    }
  }

  /** Drops what is waiting. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
