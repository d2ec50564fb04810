package io.okxexporter.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Predicate;

/** Writes all metrics of a registry as text, independently of HTTP. */
public final class Exposition {
  private final PrometheusRegistry registry;
  private final TextCache text =
      new TextCache(
          PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build());
  private final TextCache openMetrics =
      new TextCache(
          OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(false).build());

  /**
   * @param registry collected for each text
   */
  public Exposition(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /**
   * Writes Prometheus's text format 0.0.4 in UTF-8.
   *
   * @param names selects the families
   */
  public void writeText(OutputStream out, EscapingScheme escaping, Predicate<String> names)
      throws IOException {
    text.write(out, registry.scrape(names), escaping);
  }

  /**
   * Writes OpenMetrics 1.0.0 in UTF-8.
   *
   * @param names selects the families
   */
  public void writeOpenMetrics(OutputStream out, EscapingScheme escaping, Predicate<String> names)
      throws IOException {
    openMetrics.write(out, NamedUnits.added(registry.scrape(names)), escaping);
  }
}
