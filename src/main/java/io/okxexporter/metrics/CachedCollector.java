package io.okxexporter.metrics;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects expensive metrics at most once per second, whatever the number of scrapes. Collecting
 * Java's own metrics, for example, stops all threads.
 */
final class CachedCollector implements MultiCollector {
  private static final Duration TTL = Duration.ofSeconds(1);

  private final PrometheusRegistry expensive;
  private final LongSupplier nanoTime;
  private @Nullable MetricSnapshots cached;
  private long cachedAt;

  /**
   * @param expensive the registry of the expensive metrics
   * @param nanoTime monotonic time in nanoseconds
   */
  CachedCollector(PrometheusRegistry expensive, LongSupplier nanoTime) {
    this.expensive = expensive;
    this.nanoTime = nanoTime;
  }

  /** Collects the metrics of Java and the process. */
  static CachedCollector ofJvm() {
    PrometheusRegistry jvm = new PrometheusRegistry();
    JvmMetrics.builder().register(jvm);
    return new CachedCollector(jvm, System::nanoTime);
  }

  @Override
  public synchronized MetricSnapshots collect() {
    long now = nanoTime.getAsLong();
    if (cached == null || now - cachedAt >= TTL.toNanos()) {
      cached = expensive.scrape();
      cachedAt = now;
    }
    return cached;
  }
}
