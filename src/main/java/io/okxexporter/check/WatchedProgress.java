package io.okxexporter.check;

import io.okxexporter.config.Config;
import io.okxexporter.model.HumanDuration;
import io.okxexporter.model.User;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Passes progress on, and waits for as long as there is any. Thread-safe. */
final class WatchedProgress implements Progress {
  /** More than a request takes, including the longest wait that OKX may request. */
  private static final Duration LONGEST_STEP = Duration.ofMinutes(10);

  private final Progress progress;
  private final LongSupplier nanoTime;
  private volatile long last;

  /**
   * @param nanoTime monotonic nanoseconds
   */
  WatchedProgress(Progress progress, LongSupplier nanoTime) {
    this.progress = progress;
    this.nanoTime = nanoTime;
    last = nanoTime.getAsLong();
  }

  /** The longest time between two steps of a check, which low rates stretch. */
  static Duration longestPause(Config config) {
    Duration total = Duration.ofNanos((long) (1e9 / config.maxRequestsPerSecondTotal()));
    Duration gap =
        config.users().stream().map(User::gap).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    return LONGEST_STEP.plus(total.plus(gap).multipliedBy(3));
  }

  /**
   * Waits for the end of a check, however long it takes.
   *
   * @param longestPause without progress for this long, the check is stuck
   * @throws IOException if it is stuck
   */
  <T> T await(CompletableFuture<T> end, Duration longestPause) throws IOException {
    while (true) {
      try {
        return end.get(longestPause.minus(sinceLast()).toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (sinceLast().compareTo(longestPause) >= 0) {
          throw new IOException(
              "the check is stuck: no progress for " + HumanDuration.of(longestPause), e);
        }
      } catch (InterruptedException | ExecutionException e) {
        throw new IOException("the check was interrupted", e);
      }
    }
  }

  private Duration sinceLast() {
    return Duration.ofNanos(nanoTime.getAsLong() - last);
  }

  @Override
  public void doing(String what) {
    last = nanoTime.getAsLong();
    progress.doing(what);
  }

  @Override
  public void announce(String what) {
    last = nanoTime.getAsLong();
    progress.announce(what);
  }

  @Override
  public void clear() {
    last = nanoTime.getAsLong();
    progress.clear();
  }
}
