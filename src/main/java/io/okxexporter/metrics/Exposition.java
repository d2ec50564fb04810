package io.okxexporter.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Predicate;

/** Everything in a registry as text, without knowing of HTTP. */
public final class Exposition {
  private final PrometheusRegistry registry;
  private final TextCache text =
      new TextCache(
          PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build());
  private final TextCache openMetrics =
      new TextCache(
          OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(false).build());

  /**
   * @param registry collected anew for each text
   */
  public Exposition(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /**
   * Prometheus's text format 0.0.4, UTF-8.
   *
   * @param names the families wanted
   */
  public void writeText(OutputStream out, EscapingScheme escaping, Predicate<String> names)
      throws IOException {
    text.write(out, registry.scrape(names), escaping);
  }

  /**
   * OpenMetrics 1.0.0, UTF-8.
   *
   * @param names the families wanted
   */
  public void writeOpenMetrics(OutputStream out, EscapingScheme escaping, Predicate<String> names)
      throws IOException {
    openMetrics.write(out, registry.scrape(names), escaping);
  }
}
