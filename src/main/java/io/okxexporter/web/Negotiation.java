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
  static Format format(List<String> accept) {
    List<Preference> preferences = Preference.parse(accept);
    double openMetrics = quality(preferences, Format.OPENMETRICS);
    boolean wanted =
        openMetrics > 0
            && openMetrics >= quality(preferences, Format.TEXT)
            && preferences.stream().anyMatch(it -> specificity(it, Format.OPENMETRICS) >= 2);
    return wanted ? Format.OPENMETRICS : Format.TEXT;
  }

  /**
   * How names are escaped in the format chosen; empty if the client does not say, or says what
   * nobody knows.
   *
   * @param accept values of the header {@code Accept}
   */
  static Optional<Escaping> escaping(List<String> accept, Format format) {
    return closest(Preference.parse(accept), format)
        .map(Preference::escaping)
        .flatMap(Escaping::of);
  }

  /**
   * Whether to compress.
   *
   * @param acceptEncoding values of the header {@code Accept-Encoding}
   */
  static boolean gzip(List<String> acceptEncoding) {
    List<Preference> preferences = Preference.parse(acceptEncoding);
    OptionalDouble any = quality(preferences, "*");
    double gzip = quality(preferences, "gzip").orElse(any.orElse(0));
    return gzip > 0 && gzip >= quality(preferences, "identity").orElse(0);
  }

  private static OptionalDouble quality(List<Preference> preferences, String coding) {
    return preferences.stream()
        .filter(it -> it.name().equals(coding))
        .mapToDouble(Preference::quality)
        .max();
  }

  /** The quality of the most specific range that covers the format; 0 where none does. */
  private static double quality(List<Preference> preferences, Format format) {
    return closest(preferences, format).map(Preference::quality).orElse(0.0);
  }

  private static Optional<Preference> closest(List<Preference> preferences, Format format) {
    return preferences.stream()
        .filter(it -> specificity(it, format) >= 0)
        .max(
            Comparator.comparingInt((Preference it) -> specificity(it, format))
                .thenComparingDouble(Preference::quality));
  }

  /** 3 with our version, 2 the type, 1 the type's wildcard, 0 the wildcard, -1 something else. */
  private static int specificity(Preference range, Format format) {
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
