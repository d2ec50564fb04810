package io.okxexporter.web;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The scrapes that are being answered, and how many may be. In progress until the last byte is
 * taken, since slow readers are what piles up; but once it is crowded, the slowest of them goes.
 */
final class InProgress {
  /** For reading an answer while others are refused. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final int most;
  private final LongSupplier nanoTime;
  private final Set<Answering> oldestFirst = new LinkedHashSet<>();

  /** One of them. */
  final class Answering {
    private final Runnable giveUp;
    private volatile @Nullable Long readSince;

    private Answering(Runnable giveUp) {
      this.giveUp = giveUp;
    }

    /** The answer is made: from now on it is the reader who takes the time. */
    void ready() {
      readSince = nanoTime.getAsLong();
    }

    void leave() {
      InProgress.this.leave(this);
    }

    private boolean isSlow() {
      Long since = readSince;
      return since != null && nanoTime.getAsLong() - since > PATIENCE.toNanos();
    }
  }

  /**
   * @param most 0 for no bound
   * @param nanoTime monotonic time in nanoseconds
   */
  InProgress(int most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
  }

  /**
   * One more, which must leave; null if there are too many.
   *
   * @param giveUp ends its connection
   */
  @Nullable Answering enter(Runnable giveUp) {
    Answering slow = isFull() ? slowest() : null;
    if (slow != null) {
      slow.leave();
      slow.giveUp.run();
    }
    return add(new Answering(giveUp));
  }

  private synchronized @Nullable Answering add(Answering answering) {
    return isFull() || !oldestFirst.add(answering) ? null : answering;
  }

  private synchronized boolean isFull() {
    return most > 0 && oldestFirst.size() >= most;
  }

  private synchronized @Nullable Answering slowest() {
    return oldestFirst.stream().filter(Answering::isSlow).findFirst().orElse(null);
  }

  private synchronized void leave(Answering answering) {
    oldestFirst.remove(answering);
  }

  Answer refusal() {
    return Answer.text(503, "limit of concurrent requests reached (" + most + "), try again later");
  }
}
