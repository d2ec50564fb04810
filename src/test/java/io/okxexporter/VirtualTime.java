package io.okxexporter;

import io.okxexporter.model.Clock;
import io.okxexporter.model.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Clock and timer of a world in which time passes only when a test says so. */
public final class VirtualTime implements Clock, Timer {
  private record Task(long at, long order, Runnable run) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
  private long nanoTime = 1_000_000;
  private Instant wall;
  private long order;

  /** Begins at the given wall time. */
  public VirtualTime(Instant start) {
    wall = start;
  }

  @Override
  public long nanoTime() {
    return nanoTime;
  }

  @Override
  public Instant now() {
    return wall;
  }

  @Override
  public void schedule(Runnable task, Duration delay) {
    tasks.add(new Task(nanoTime + Math.max(0, delay.toNanos()), order++, task));
  }

  /** Lets time pass, and runs what is due on the way. */
  public void advance(Duration duration) {
    long end = nanoTime + duration.toNanos();
    while (!tasks.isEmpty() && tasks.peek().at() <= end) {
      Task task = tasks.remove();
      passTo(task.at());
      task.run().run();
    }
    passTo(end);
  }

  /** Sets the wall clock, as NTP or an administrator would; monotonic time goes on. */
  public void stepWall(Duration step) {
    wall = wall.plus(step);
  }

  private void passTo(long time) {
    wall = wall.plusNanos(time - nanoTime);
    nanoTime = time;
  }
}
