package io.okxexporter.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.ComplianceViolation;
import org.eclipse.jetty.http.QuotedCSVParser;
import org.jspecify.annotations.Nullable;

/**
 * One item of the header {@code Accept} or {@code Accept-Encoding}.
 *
 * @param name media range or content coding, in lower case
 * @param version the parameter {@code version}; null where there is none
 * @param escaping the parameter {@code escaping}; null where there is none
 * @param quality the parameter {@code q} between 0 and 1; 1 where there is none, 0 if invalid
 */
record AcceptHeaderItem(
    String name, @Nullable String version, @Nullable String escaping, double quality) {
  /** Returns the items of all headers of one name, in order. */
  static List<AcceptHeaderItem> parse(List<String> headers) {
    Parser parser = new Parser();
    headers.forEach(parser::addValue);
    return parser.items;
  }

  /**
   * Jetty's parser, but keeping the quality. Its own {@code QuotedQualityCSV} sorts by quality and
   * drops it. A range excluded by q=0 then looks like one never named, and a wildcard of high
   * quality hides a low one of the type itself.
   */
  private static final class Parser extends QuotedCSVParser {
    private final List<AcceptHeaderItem> items = new ArrayList<>();
    private AcceptHeaderItem current = new AcceptHeaderItem("", null, null, 1);

    Parser() {
      super(false);
    }

    /** Clients with bad headers get a response, too; the default would throw. */
    @Override
    protected void onComplianceViolation(ComplianceViolation violation, String header) {}

    @Override
    protected void parsedValue(StringBuilder buffer) {
      current = new AcceptHeaderItem(lower(buffer.toString()), null, null, 1);
    }

    @Override
    protected void parsedParam(StringBuilder buffer, int valueLength, int name, int value) {
      if (name >= 0 && value > name) {
        current = current.with(lower(buffer.substring(name, value - 1)), buffer.substring(value));
      }
    }

    @Override
    protected void parsedValueAndParams(StringBuilder buffer) {
      items.add(current);
    }
  }

  private AcceptHeaderItem with(String parameter, String value) {
    return switch (parameter) {
      case "q" -> new AcceptHeaderItem(name, version, escaping, quality(value));
      case "version" -> new AcceptHeaderItem(name, value, escaping, quality);
      case "escaping" -> new AcceptHeaderItem(name, version, value, quality);
      default -> this;
    };
  }

  private static double quality(String value) {
    try {
      double quality = Double.parseDouble(value);
      return quality >= 0 && quality <= 1 ? quality : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
