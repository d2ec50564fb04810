package io.okxexporter.web;

import java.util.concurrent.atomic.AtomicInteger;

/** How many requests are being answered, and how many may be. */
final class InProgress {
  private final int most;
  private final AtomicInteger now = new AtomicInteger();

  /**
   * @param most 0 for no bound
   */
  InProgress(int most) {
    this.most = most;
  }

  /** Whether one more may begin; each that did must {@link #leave()}. */
  boolean enter() {
    if (now.incrementAndGet() <= most || most == 0) {
      return true;
    }
    leave();
    return false;
  }

  void leave() {
    now.decrementAndGet();
  }

  Answer refusal() {
    return Answer.text(503, "limit of concurrent requests reached (" + most + "), try again later");
  }
}
