package io.okxexporter.web;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Renders few pages at once and queues the others in order, so that threads remain for the health
 * page, however many clients scrape.
 */
final class PageQueue {
  private final Executor executor;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int free;

  /**
   * @param executor renders the pages that had to wait
   * @param maxAtOnce the most pages rendered at once
   */
  PageQueue(Executor executor, int maxAtOnce) {
    this.executor = executor;
    free = maxAtOnce;
  }

  /** Renders a page on the calling thread, or later on another one. */
  void render(Runnable page) {
    if (enters(page)) {
      renderAndPassOn(page);
    }
  }

  private synchronized boolean enters(Runnable page) {
    if (free == 0) {
      waiting.add(page);
      return false;
    }
    free--;
    return true;
  }

  private void renderAndPassOn(Runnable page) {
    try {
      page.run();
    } finally {
      Runnable next = next();
      if (next != null) {
        executor.execute(() -> renderAndPassOn(next));
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable next = waiting.poll();
    if (next == null) {
      free++;
    }
    return next;
  }
}
