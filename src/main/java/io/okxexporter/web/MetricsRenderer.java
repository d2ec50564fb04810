package io.okxexporter.web;

import java.io.IOException;
import java.io.OutputStream;

/** Renders the metrics. Called on a web thread for each scrape, so it must not wait for OKX. */
@FunctionalInterface
public interface MetricsRenderer {
  /**
   * Writes one complete exposition.
   *
   * @param request format, escaping and metric families requested
   * @param out not closed by this
   * @throws IOException if it cannot render; the client then gets only an HTTP 500
   */
  void write(ScrapeRequest request, OutputStream out) throws IOException;
}
