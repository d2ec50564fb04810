package io.okxexporter.web;

import java.io.IOException;
import java.io.OutputStream;

/** Renders what is known; called on a web thread for each scrape, so it must not wait for OKX. */
@FunctionalInterface
public interface MetricsRenderer {
  /**
   * Writes one whole exposition.
   *
   * @param request what the client asked for
   * @param out not closed by this
   * @throws IOException if it cannot render; the client then gets an HTTP 500 and nothing of this
   */
  void write(ScrapeRequest request, OutputStream out) throws IOException;
}
