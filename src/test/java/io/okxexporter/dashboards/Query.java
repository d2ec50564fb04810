package io.okxexporter.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
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
  private static final Map<String, String> ALL =
      Map.of(
          "job", ".+",
          "instance", ".+",
          "user", ".*",
          "ccy", "USDT",
          "__rate_interval", "5m",
          "__range", "1h");

  /** A metric with its matchers as text. */
  record Selector(String metric, String matchers) {
    List<String> labels() {
      return find("\\w+(?=\\s*[=!]~?\")", matchers);
    }
  }

  List<Selector> selectors() {
    return SELECTOR.matcher(expr).results().map(Query::selector).toList();
  }

  private static Selector selector(MatchResult match) {
    return new Selector(match.group(1), match.group(2));
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
