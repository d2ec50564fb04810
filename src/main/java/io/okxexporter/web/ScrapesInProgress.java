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
 * The scrapes in progress, up to a limit. A scrape is in progress until its last byte is sent,
 * since slow readers are what piles up. At the limit, a new scrape replaces the first one that is
 * read slowly, or whose address has more scrapes than the new one's would then have.
 */
final class ScrapesInProgress {
  /** The time to read a response while other scrapes are refused. */
  static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

  private final int maxInProgress;
  private final LongSupplier nanoTime;
  private final Set<ActiveScrape> oldestFirst = new LinkedHashSet<>();

  /** One scrape in progress. */
  final class ActiveScrape {
    private final String address;
    private final Runnable closeConnection;
    private volatile @Nullable Long renderedAt;

    private ActiveScrape(String address, Runnable closeConnection) {
      this.address = address;
      this.closeConnection = closeConnection;
    }

    /** Marks the response as rendered; from now on the client determines how long it takes. */
    void rendered() {
      renderedAt = nanoTime.getAsLong();
    }

    void leave() {
      ScrapesInProgress.this.leave(this);
    }

    /** Never true while the response is being rendered. */
    private boolean canBeEvicted(boolean hasTooMany) {
      Long since = renderedAt;
      return since != null && (hasTooMany || nanoTime.getAsLong() - since > READ_TIMEOUT.toNanos());
    }
  }

  /**
   * @param maxInProgress 0 for no limit
   * @param nanoTime monotonic time in nanoseconds
   */
  ScrapesInProgress(int maxInProgress, LongSupplier nanoTime) {
    this.maxInProgress = maxInProgress;
    this.nanoTime = nanoTime;
  }

  /**
   * Adds a scrape, which must leave; returns null if there are too many.
   *
   * @param address network address of the client
   * @param closeConnection closes the client's connection
   */
  @Nullable ActiveScrape enter(String address, Runnable closeConnection) {
    ActiveScrape evicted = isFull() ? evictable(address) : null;
    if (evicted != null) {
      evicted.leave();
      evicted.closeConnection.run();
    }
    return add(new ActiveScrape(address, closeConnection));
  }

  private synchronized @Nullable ActiveScrape add(ActiveScrape scrape) {
    return isFull() || !oldestFirst.add(scrape) ? null : scrape;
  }

  private synchronized boolean isFull() {
    return maxInProgress > 0 && oldestFirst.size() >= maxInProgress;
  }

  private synchronized @Nullable ActiveScrape evictable(String address) {
    Map<String, Long> counts =
        oldestFirst.stream().collect(groupingBy(it -> it.address, counting()));
    long newcomersCount = counts.getOrDefault(address, 0L) + 1;
    return oldestFirst.stream()
        .filter(it -> it.canBeEvicted(counts.getOrDefault(it.address, 0L) > newcomersCount))
        .findFirst()
        .orElse(null);
  }

  private synchronized void leave(ActiveScrape scrape) {
    oldestFirst.remove(scrape);
  }

  PageResponse refusal() {
    return PageResponse.text(
        503, "limit of concurrent requests reached (" + maxInProgress + "), try again later");
  }
}
