package io.okxexporter.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Metrics that are dear to collect, such as Java's own, for which all threads have to stand still:
 * collected at most once per second, however many scrape.
 */
public final class ThrottledCollector implements MultiCollector {
  private static final Duration KEPT = Duration.ofSeconds(1);

  private final PrometheusRegistry dear;
  private final LongSupplier nanoTime;
  private @Nullable MetricSnapshots kept;
  private long keptSince;

  /**
   * @param dear where they are registered
   * @param nanoTime monotonic time in nanoseconds
   */
  public ThrottledCollector(PrometheusRegistry dear, LongSupplier nanoTime) {
    this.dear = dear;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized MetricSnapshots collect() {
    long now = nanoTime.getAsLong();
    if (kept == null || now - keptSince >= KEPT.toNanos()) {
      kept = dear.scrape();
      keptSince = now;
    }
    return kept;
  }
}
