package io.okxexporter.web;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The scrapes that are being answered, and how many may be. In progress until the last byte is
 * taken, since slow readers are what piles up. Once it is crowded, a newcomer takes the place of
 * the first who reads slowly, or whose address holds more places than the newcomer's.
 */
final class ScrapesInProgress {
  /** For reading an answer while others are refused. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final int most;
  private final LongSupplier nanoTime;
  private final Set<Answering> oldestFirst = new LinkedHashSet<>();

  /** One of them. */
  final class Answering {
    private final String address;
    private final Runnable giveUp;
    private volatile @Nullable Long readSince;

    private Answering(String address, Runnable giveUp) {
      this.address = address;
      this.giveUp = giveUp;
    }

    /** The answer is made: from now on it is the reader who takes the time. */
    void ready() {
      readSince = nanoTime.getAsLong();
    }

    void leave() {
      ScrapesInProgress.this.leave(this);
    }

    /** Nobody whose answer is still being made. */
    private boolean makesRoom(boolean isGreedy) {
      Long since = readSince;
      return since != null && (isGreedy || nanoTime.getAsLong() - since > PATIENCE.toNanos());
    }
  }

  /**
   * @param most 0 for no bound
   * @param nanoTime monotonic time in nanoseconds
   */
  ScrapesInProgress(int most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
  }

  /**
   * One more, which must leave; null if there are too many.
   *
   * @param address where it comes from
   * @param giveUp ends its connection
   */
  @Nullable Answering enter(String address, Runnable giveUp) {
    Answering gone = isFull() ? first(address) : null;
    if (gone != null) {
      gone.leave();
      gone.giveUp.run();
    }
    return add(new Answering(address, giveUp));
  }

  private synchronized @Nullable Answering add(Answering answering) {
    return isFull() || !oldestFirst.add(answering) ? null : answering;
  }

  private synchronized boolean isFull() {
    return most > 0 && oldestFirst.size() >= most;
  }

  private synchronized @Nullable Answering first(String newcomer) {
    Map<String, Long> places =
        oldestFirst.stream().collect(groupingBy(it -> it.address, counting()));
    long fair = places.getOrDefault(newcomer, 0L) + 1;
    return oldestFirst.stream()
        .filter(it -> it.makesRoom(places.getOrDefault(it.address, 0L) > fair))
        .findFirst()
        .orElse(null);
  }

  private synchronized void leave(Answering answering) {
    oldestFirst.remove(answering);
  }

  PageResponse refusal() {
    return PageResponse.text(
        503, "limit of concurrent requests reached (" + most + "), try again later");
  }
}
