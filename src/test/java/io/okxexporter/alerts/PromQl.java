package io.okxexporter.alerts;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Extracts the names in an expression, for as much of the grammar as the project's rules use. */
final class PromQl {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final String STRING = "\"[^\"]*\"|'[^']*'";
  private static final String LABELS =
      "\\b(?:by|on|ignoring|without|group_left|group_right)\\s*\\(";
  private static final Set<String> KEYWORDS =
      Set.of("and", "or", "unless", "offset", "by", "on", "group_left", "group_right", "ignoring");

  private PromQl() {}

  /** Every name that is not a function, label or keyword. */
  static Set<String> metrics(String expr) {
    String bare =
        expr.replaceAll(STRING, "")
            .replaceAll("\\{[^}]*}|\\[[^]]*]", "")
            .replaceAll(LABELS + "[^)]*\\)", " ")
            .replaceAll("\\boffset \\w+", " ");
    return find("(?<![\\w.])(" + NAME + ")(?![\\w:]|\\s*\\()", bare)
        .filter(name -> !KEYWORDS.contains(name))
        .collect(Collectors.toSet());
  }

  /** Every label in a selector, a matching or a grouping. */
  static Set<String> labels(String expr) {
    return Stream.concat(
            find("\\{([^}]*)}", expr).flatMap(PromQl::selected),
            find(LABELS + "([^)]*)\\)", expr).flatMap(list -> Stream.of(list.split(","))))
        .map(String::strip)
        .filter(label -> !label.isEmpty())
        .collect(Collectors.toSet());
  }

  /** The labels in the selectors of this metric. */
  static Set<String> selectedLabels(String expr, String metric) {
    return find("(?<![\\w:])" + metric + "\\{([^}]*)}", expr)
        .flatMap(PromQl::selected)
        .collect(Collectors.toSet());
  }

  /** The grouping labels of each sum applied directly to one of these metrics. */
  static List<List<String>> sumsOf(String expr, String metrics) {
    return find("sum by \\(([^)]*)\\)\\s*\\((?:" + metrics + ")\\b", expr)
        .map(by -> Stream.of(by.split(",")).map(String::strip).toList())
        .toList();
  }

  private static Stream<String> selected(String matchers) {
    return find("(" + NAME + ")\\s*[=!]", matchers.replaceAll(STRING, ""));
  }

  private static Stream<String> find(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map((MatchResult m) -> m.group(1));
  }
}
