package io.okxexporter.web;

import io.okxexporter.metrics.Exposition;
import io.prometheus.metrics.config.EscapingScheme;
import java.io.IOException;
import java.io.OutputStream;

/** Renders an exposition in the format that a client accepts. */
public final class ExpositionRenderer implements MetricsRenderer {
  private final Exposition exposition;

  /**
   * @param exposition the metrics
   */
  public ExpositionRenderer(Exposition exposition) {
    this.exposition = exposition;
  }

  @Override
  public void write(ScrapeRequest request, OutputStream out) throws IOException {
    EscapingScheme escaping = escaping(request.escaping());
    switch (request.format()) {
      case TEXT -> exposition.writeText(out, escaping, request.names());
      case OPENMETRICS, OPENMETRICS_DRAFT ->
          exposition.writeOpenMetrics(out, escaping, request.names());
    }
  }

  private static EscapingScheme escaping(NameEscaping escaping) {
    return switch (escaping) {
      case ALLOW_UTF_8 -> EscapingScheme.ALLOW_UTF8;
      case UNDERSCORES -> EscapingScheme.UNDERSCORE_ESCAPING;
      case DOTS -> EscapingScheme.DOTS_ESCAPING;
      case VALUES -> EscapingScheme.VALUE_ENCODING_ESCAPING;
    };
  }
}
