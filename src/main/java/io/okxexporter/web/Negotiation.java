package io.okxexporter.web;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What to answer with, by what the client accepts (RFC 9110, section 12.5). */
final class Negotiation {
  private Negotiation() {}

  /**
   * OpenMetrics for those who name it and want it at least as much as text, text for everybody
   * else: browsers, curl, and those who accept neither (an answer is more useful than a 406).
   *
   * @param accept values of the header {@code Accept}
   */
  static ExpositionFormat format(List<String> accept) {
    List<AcceptItem> preferences = AcceptItem.parse(accept);
    double openMetrics = quality(preferences, ExpositionFormat.OPENMETRICS);
    boolean wanted =
        openMetrics > 0
            && openMetrics >= quality(preferences, ExpositionFormat.TEXT)
            && preferences.stream()
                .anyMatch(it -> specificity(it, ExpositionFormat.OPENMETRICS) >= 2);
    return wanted ? ExpositionFormat.OPENMETRICS : ExpositionFormat.TEXT;
  }

  /**
   * How names are escaped in the format chosen; empty if the client does not say, or says what
   * nobody knows.
   *
   * @param accept values of the header {@code Accept}
   */
  static Optional<NameEscaping> escaping(List<String> accept, ExpositionFormat format) {
    return closest(AcceptItem.parse(accept), format)
        .map(AcceptItem::escaping)
        .flatMap(NameEscaping::of);
  }

  /**
   * Whether to compress.
   *
   * @param acceptEncoding values of the header {@code Accept-Encoding}
   */
  static boolean gzip(List<String> acceptEncoding) {
    List<AcceptItem> preferences = AcceptItem.parse(acceptEncoding);
    OptionalDouble any = quality(preferences, "*");
    double gzip = quality(preferences, "gzip").orElse(any.orElse(0));
    return gzip > 0 && gzip >= quality(preferences, "identity").orElse(0);
  }

  private static OptionalDouble quality(List<AcceptItem> preferences, String coding) {
    return preferences.stream()
        .filter(it -> it.name().equals(coding))
        .mapToDouble(AcceptItem::quality)
        .max();
  }

  /** The quality of the most specific range that covers the format; 0 where none does. */
  private static double quality(List<AcceptItem> preferences, ExpositionFormat format) {
    return closest(preferences, format).map(AcceptItem::quality).orElse(0.0);
  }

  private static Optional<AcceptItem> closest(
      List<AcceptItem> preferences, ExpositionFormat format) {
    return preferences.stream()
        .filter(it -> specificity(it, format) >= 0)
        .max(
            Comparator.comparingInt((AcceptItem it) -> specificity(it, format))
                .thenComparingDouble(AcceptItem::quality));
  }

  /** 3 with our version, 2 the type, 1 the type's wildcard, 0 the wildcard, -1 something else. */
  private static int specificity(AcceptItem range, ExpositionFormat format) {
    String type = format.mediaType();
    if (range.name().equals(type)) {
      return range.version() == null ? 2 : range.version().equals(format.version()) ? 3 : -1;
    }
    if (range.name().equals(type.substring(0, type.indexOf('/')) + "/*")) {
      return 1;
    }
    return range.name().equals("*/*") ? 0 : -1;
  }
}
