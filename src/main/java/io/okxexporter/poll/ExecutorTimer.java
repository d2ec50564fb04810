package io.okxexporter.poll;

import io.okxexporter.model.Timer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Timer} that runs its tasks on one daemon thread. */
public final class ExecutorTimer implements Timer, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ExecutorTimer.class);

  private final ScheduledThreadPoolExecutor executor;

  /**
   * The thread starts with the first task.
   *
   * @param name name of the thread
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

  /** Logs any exception, which the executor would swallow. */
  private static void runLogged(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      log.atError()
          .addKeyValue("timer", Thread.currentThread().getName())
          .setCause(e)
          .log("uncaught exception in scheduled task");
    }
  }

  /** Drops all waiting tasks. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
