package io.okxexporter.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** The metrics of the process itself: of Java, its web server and its connections. */
public final class ProcessMetrics {
  private ProcessMetrics() {}

  /** Registers those of Java, and returns what receives the others. */
  public static MeterRegistry register(PrometheusRegistry registry) {
    registry.register(CachedCollector.ofJvm());
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
  }
}
