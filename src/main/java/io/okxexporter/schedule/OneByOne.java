package io.okxexporter.schedule;

import io.okxexporter.model.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** Runs tasks one after another, with a pause between. Used on the timer's thread. */
final class OneByOne {
  private final Duration pause;
  private final Timer timer;
  private final Queue<Consumer<Runnable>> waiting = new ArrayDeque<>();
  private boolean busy;

  OneByOne(Duration pause, Timer timer) {
    this.pause = pause;
    this.timer = timer;
  }

  /**
   * Runs the task when it is its turn.
   *
   * @param task calls what it is given when it is done
   */
  void enter(Consumer<Runnable> task) {
    waiting.add(task);
    if (!busy) {
      next();
    }
  }

  private void next() {
    Consumer<Runnable> task = waiting.poll();
    busy = task != null;
    if (task != null) {
      task.accept(() -> timer.schedule(this::next, pause));
    }
  }
}
