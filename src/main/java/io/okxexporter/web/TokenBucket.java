package io.okxexporter.web;

import io.okxexporter.web.config.WebSettings.RateLimit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A token bucket: allows a burst of requests, then one per interval. Starts full. */
final class TokenBucket {
  private final LongSupplier nanoTime;
  private @Nullable RateLimit limit;
  private double tokens;
  private long filledAt;

  TokenBucket(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Takes a token, if there is one; returns whether the request may pass.
   *
   * @param current the limit in force, null for none; a changed one starts with a full burst
   */
  synchronized boolean take(@Nullable RateLimit current) {
    if (current == null || current.interval().isZero()) {
      limit = null;
      return true;
    }
    fill(current);
    boolean passes = tokens >= 1;
    tokens -= passes ? 1 : 0;
    return passes;
  }

  private void fill(RateLimit current) {
    long time = nanoTime.getAsLong();
    tokens =
        current.equals(limit)
            ? Math.min(
                current.burst(), tokens + (time - filledAt) / (double) current.interval().toNanos())
            : current.burst();
    limit = current;
    filledAt = time;
  }
}
