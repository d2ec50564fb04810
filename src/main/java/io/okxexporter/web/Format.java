package io.okxexporter.web;

/** The exposition formats a scrape can be answered in. */
public enum Format {
  /** Prometheus text format. */
  TEXT("text/plain", "0.0.4"),
  /** OpenMetrics. */
  OPENMETRICS("application/openmetrics-text", "1.0.0");

  private final String mediaType;
  private final String version;

  Format(String mediaType, String version) {
    this.mediaType = mediaType;
    this.version = version;
  }

  /** Value of the header {@code Content-Type}. */
  public String contentType() {
    return mediaType + "; version=" + version + "; charset=utf-8";
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
