package io.okxexporter.check;

import io.okxexporter.model.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Keeps a limit of so many requests per window: each request takes one of so many slots, and a slot
 * is free again one window after its request completed. However late requests arrive within that,
 * no window ever sees more of them than there are slots.
 */
final class Slots {
  private final Timer timer;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private Duration window;
  private int free;
  private int lostInARow;

  Slots(int count, Duration window, Timer timer) {
    this.free = count;
    this.window = window;
    this.timer = timer;
  }

  /** Runs the task once a slot is free; it has the slot until it {@linkplain #leave leaves}. */
  void enter(Runnable task) {
    if (free > 0) {
      free--;
      task.run();
    } else {
      waiting.add(task);
    }
  }

  /**
   * The request came to its end.
   *
   * @param lost whether it may still be on its way to OKX
   * @param retryAfter how long OKX asked to be left alone
   */
  void leave(boolean lost, Duration retryAfter) {
    lostInARow = lost ? lostInARow + 1 : 0;
    Duration wait = window.multipliedBy(lostInARow + 1L);
    timer.schedule(this::next, wait.compareTo(retryAfter) > 0 ? wait : retryAfter);
  }

  /** A process before us may have just sent as many as it may: the first wait two windows. */
  void holdForTheProcessBefore() {
    enter(() -> leave(true, Duration.ZERO));
    lostInARow = 0;
  }

  /** From now on the window is at least so long. */
  void widen(Duration least) {
    window = window.compareTo(least) > 0 ? window : least;
  }

  private void next() {
    Runnable task = waiting.poll();
    if (task == null) {
      free++;
    } else {
      task.run();
    }
  }
}
