package io.okxexporter.web;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Content negotiation (RFC 9110, section 12.5). */
final class Negotiation {
  private Negotiation() {}

  /**
   * Returns the format that the client wants most, of equals the first. OpenMetrics must be named:
   * all others get text, such as browsers, curl, and clients that accept neither (more useful to
   * them than a 406).
   *
   * @param accept values of the header {@code Accept}
   */
  static ExpositionFormat format(List<String> accept) {
    List<AcceptHeaderItem> preferences = AcceptHeaderItem.parse(accept);
    return Arrays.stream(ExpositionFormat.values())
        .filter(it -> it == ExpositionFormat.TEXT || names(preferences, it))
        .max(Comparator.comparingDouble(it -> quality(preferences, it)))
        .orElseThrow();
  }

  private static boolean names(List<AcceptHeaderItem> preferences, ExpositionFormat format) {
    return quality(preferences, format) > 0
        && preferences.stream().anyMatch(it -> specificity(it, format) >= 2);
  }

  /**
   * Returns how to escape names in the chosen format; empty if the client names no known escaping.
   *
   * @param accept values of the header {@code Accept}
   */
  static Optional<NameEscaping> escaping(List<String> accept, ExpositionFormat format) {
    return mostSpecific(AcceptHeaderItem.parse(accept), format)
        .map(AcceptHeaderItem::escaping)
        .flatMap(NameEscaping::of);
  }

  /**
   * Returns whether to compress.
   *
   * @param acceptEncoding values of the header {@code Accept-Encoding}
   */
  static boolean gzip(List<String> acceptEncoding) {
    List<AcceptHeaderItem> preferences = AcceptHeaderItem.parse(acceptEncoding);
    OptionalDouble any = quality(preferences, "*");
    double gzip = quality(preferences, "gzip").orElse(any.orElse(0));
    return gzip > 0 && gzip >= quality(preferences, "identity").orElse(0);
  }

  private static OptionalDouble quality(List<AcceptHeaderItem> preferences, String coding) {
    return preferences.stream()
        .filter(it -> it.name().equals(coding))
        .mapToDouble(AcceptHeaderItem::quality)
        .max();
  }

  /** Returns the quality of the most specific range that covers the format; 0 if none does. */
  private static double quality(List<AcceptHeaderItem> preferences, ExpositionFormat format) {
    return mostSpecific(preferences, format).map(AcceptHeaderItem::quality).orElse(0.0);
  }

  private static Optional<AcceptHeaderItem> mostSpecific(
      List<AcceptHeaderItem> preferences, ExpositionFormat format) {
    return preferences.stream()
        .filter(it -> specificity(it, format) >= 0)
        .max(
            Comparator.comparingInt((AcceptHeaderItem it) -> specificity(it, format))
                .thenComparingDouble(AcceptHeaderItem::quality));
  }

  /** Returns 3 for type and version, 2 for the type, 1 for its wildcard, 0 for any, else -1. */
  private static int specificity(AcceptHeaderItem range, ExpositionFormat format) {
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
