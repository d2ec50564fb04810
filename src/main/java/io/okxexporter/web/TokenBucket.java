package io.okxexporter.web;

import io.okxexporter.web.config.WebSettings.RateLimit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets a burst of requests through and then one per interval; full at first. */
final class TokenBucket {
  private final LongSupplier nanoTime;
  private @Nullable RateLimit limit;
  private double tokens;
  private long filledAt;

  TokenBucket(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Whether one more request may pass.
   *
   * @param now the limit in force; another than before begins with a full burst
   */
  synchronized boolean take(@Nullable RateLimit now) {
    if (now == null || now.interval().isZero()) {
      limit = null;
      return true;
    }
    fill(now);
    boolean passes = tokens >= 1;
    tokens -= passes ? 1 : 0;
    return passes;
  }

  private void fill(RateLimit now) {
    long time = nanoTime.getAsLong();
    tokens =
        now.equals(limit)
            ? Math.min(now.burst(), tokens + (time - filledAt) / (double) now.interval().toNanos())
            : now.burst();
    limit = now;
    filledAt = time;
  }
}
