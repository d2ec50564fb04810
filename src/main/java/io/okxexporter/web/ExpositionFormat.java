package io.okxexporter.web;

import java.util.Optional;

/** The exposition formats of a scrape. */
public enum ExpositionFormat {
  /** OpenMetrics. */
  OPENMETRICS("application/openmetrics-text", "1.0.0"),
  /** OpenMetrics as drafted, for older clients. What the exporter writes is the same in both. */
  OPENMETRICS_DRAFT("application/openmetrics-text", "0.0.1"),
  /** Prometheus text format. */
  TEXT("text/plain", "0.0.4");

  private final String mediaType;
  private final String version;

  ExpositionFormat(String mediaType, String version) {
    this.mediaType = mediaType;
    this.version = version;
  }

  /**
   * Returns the value of the header {@code Content-Type}. From version 1.0.0 on it must name the
   * escaping; older formats name only a requested one.
   */
  String contentType(Optional<NameEscaping> requested) {
    String type = mediaType + "; version=" + version + "; charset=utf-8";
    return this != OPENMETRICS && requested.isEmpty()
        ? type
        : type + "; escaping=" + requested.orElse(NameEscaping.UNDERSCORES).parameter();
  }

  /** Type and subtype, without parameters. */
  String mediaType() {
    return mediaType;
  }

  /** The parameter {@code version}. */
  String version() {
    return version;
  }
}
