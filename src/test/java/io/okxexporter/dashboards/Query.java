package io.okxexporter.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A query of a dashboard.
 *
 * @param place a readable location
 * @param expr PromQL with Grafana's variables
 * @param json the enclosing object
 */
public record Query(String place, String expr, JsonNode json) {
  private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_]\\w*)\\{([^}]*)}");
  private static final String AGGREGATION =
      "\\b(sum|avg|max|min|count|topk|bottomk)( by \\([^)]*\\) | ?)";
  private static final Map<String, String> ALL =
      Map.ofEntries(
          Map.entry("job", "okx"),
          Map.entry("instance", ".+"),
          Map.entry("fund", ".*"),
          Map.entry("others", "none"),
          Map.entry("user", ".*"),
          Map.entry("ccy", "USDT"),
          Map.entry("tick", "0.01"),
          Map.entry("rate", "1"),
          Map.entry("__rate_interval", "5m"),
          Map.entry("__interval_ms", "60000"),
          Map.entry("__range", "1h"),
          Map.entry("__from", "0"));

  /** A metric with its matchers as text. */
  record Selector(String metric, String matchers) {
    List<String> labels() {
      return find("\\w+(?=\\s*[=!]~?\")", matchers);
    }

    /** Whether its samples are all in one unit. */
    boolean hasOneUnit() {
      return matchers.matches(".*\\bccy=\".*");
    }
  }

  List<Selector> selectors() {
    return SELECTOR.matcher(expr).results().map(Query::selector).toList();
  }

  private static Selector selector(MatchResult match) {
    return new Selector(match.group(1), match.group(2));
  }

  /** The labels that the query itself makes. */
  List<String> madeLabels() {
    return find("(?<=, \")\\w+(?=\", \"[^\"]*\", \"\\w*\")|(?<=count_values\\(\")\\w+", expr);
  }

  /**
   * The aggregations around the selectors that may have several units, as {@code max by (user,
   * ccy)}.
   */
  List<String> aggregationsOverUnits() {
    List<String> aggregations = new ArrayList<>();
    SELECTOR
        .matcher(expr)
        .results()
        .filter(match -> match.group(1).matches("okx(_total)?_asset_valuation"))
        .filter(match -> !selector(match).hasOneUnit())
        .forEach(match -> aggregations.addAll(aggregationsAround(match.start())));
    return aggregations;
  }

  private List<String> aggregationsAround(int place) {
    List<String> aggregations = new ArrayList<>();
    int depth = 0;
    for (int i = place - 1; i >= 0; i--) {
      depth += expr.charAt(i) == ')' ? 1 : expr.charAt(i) == '(' ? -1 : 0;
      if (depth < 0) {
        depth = 0;
        aggregations.addAll(find(AGGREGATION + "$", expr.substring(0, i)));
      }
    }
    return aggregations;
  }

  /** The PromQL with everything selected, USDT as the unit, and a range of one hour. */
  public String promQl() {
    return Pattern.compile("\\$(\\w+)").matcher(expr).replaceAll(match -> value(match.group(1)));
  }

  private static String value(String variable) {
    String value = ALL.get(variable);
    if (value == null) {
      throw new AssertionError("a variable that is not there: $" + variable);
    }
    return value;
  }

  static List<String> find(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(MatchResult::group).toList();
  }

  @Override
  public String toString() {
    return place;
  }
}
