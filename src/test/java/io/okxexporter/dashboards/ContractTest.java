package io.okxexporter.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.okxexporter.dashboards.Query.Selector;
import io.okxexporter.metrics.MetricFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards query only metrics and labels that exist. */
class ContractTest {
  /** Metrics from other sources: Prometheus and libraries. */
  private static final Map<String, List<String>> OTHERS =
      Map.ofEntries(
          Map.entry("ALERTS", List.of("alertname", "alertstate", "severity", "user", "main_uid")),
          Map.entry("ALERTS_FOR_STATE", List.of("alertname", "severity", "user", "main_uid")),
          Map.entry("up", List.of()),
          Map.entry("scrape_duration_seconds", List.of()),
          Map.entry("scrape_samples_scraped", List.of()),
          Map.entry("process_start_time_seconds", List.of()),
          Map.entry("process_cpu_seconds_total", List.of()),
          Map.entry("process_resident_memory_bytes", List.of()),
          Map.entry("jvm_memory_used_bytes", List.of("area")),
          Map.entry("jvm_gc_collection_seconds_sum", List.of("gc")),
          Map.entry("jetty_server_requests_seconds_count", List.of("path", "status")));

  private static final Map<String, List<String>> LABELS = labels();

  private static Map<String, List<String>> labels() {
    Map<String, List<String>> labels = new HashMap<>(OTHERS);
    Arrays.stream(MetricFamily.values())
        .forEach(
            family -> {
              labels.put(family.exposedName(), family.labelNames());
              if (family.exposedType().equals("histogram")) {
                List<String> buckets = new ArrayList<>(family.labelNames());
                buckets.add("le");
                labels.put(family.exposedName() + "_bucket", buckets);
              }
            });
    labels.replaceAll((metric, ownLabels) -> Stream.concat(ownLabels.stream(), targets()).toList());
    return labels;
  }

  /** The labels Prometheus adds to every scraped sample. */
  private static Stream<String> targets() {
    return Stream.of("job", "instance");
  }

  static List<Query> queries() {
    return Dashboard.all().stream().flatMap(dashboard -> dashboard.queries().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void every_metric_and_label_is_in_the_contract(Query query) {
    if (!query.place().endsWith(": tick")) {
      assertThat(query.selectors()).isNotEmpty();
    }
    Set<String> allowed = new HashSet<>();
    for (Selector selector : query.selectors()) {
      assertThat(LABELS).containsKey(selector.metric());
      assertThat(LABELS.get(selector.metric())).containsAll(selector.labels());
      allowed.addAll(LABELS.get(selector.metric()));
    }
    allowed.addAll(query.madeLabels());
    assertThat(allowed).containsAll(labelsBesideSelectors(query));
  }

  /** The labels in groupings, legends and table columns. */
  private static List<String> labelsBesideSelectors(Query query) {
    List<String> labels = new ArrayList<>();
    for (String grouping :
        Query.find("(?<=\\b(by|on|ignoring|group_left) \\()[^)]*", query.expr())) {
      labels.addAll(Query.find("\\w+", grouping));
    }
    for (String key : List.of("legendFormat", "titleFormat", "textFormat")) {
      labels.addAll(Query.find("(?<=\\{\\{)\\w+(?=}})", query.json().path(key).asText()));
    }
    labels.addAll(Query.find("\\w+", query.json().path("tagKeys").asText()));
    return labels;
  }

  /** The other tests would miss a metric without braces. */
  @ParameterizedTest
  @MethodSource("queries")
  void every_metric_has_matchers(Query query) {
    String rest =
        query
            .expr()
            .replaceAll("\\w+\\{[^}]*}", "")
            .replaceAll("\"[^\"]*\"", "")
            .replaceAll("\\b(by|on|ignoring|group_left) \\([^)]*\\)", "");
    assertThat(Query.find("\\b[a-zA-Z]\\w*_\\w+\\b(?! ?\\()", rest))
        .isSubsetOf("__rate_interval", "__interval_ms", "__range", "__from");
    assertThat(rest).doesNotContainPattern("\\bup\\b|\\bALERTS\\b");
  }

  /** Values in different units are never aggregated: one unit is selected, or {@code ccy} kept. */
  @ParameterizedTest
  @MethodSource("queries")
  void no_value_is_aggregated_over_units(Query query) {
    assertThat(query.aggregationsOverUnits()).allMatch(each -> each.matches(".*\\bccy\\b.*"));
  }

  /** Proves that the check can fail. */
  @Test
  void an_aggregation_over_units_is_found_around_a_selector_without_one() {
    String total = "okx_total_asset_valuation{job=~\"$job\"}";
    String expr = "sum by (ccy) (max by (user) (" + total + ") and on (user) count(up{}))";
    Query query = new Query("", expr, JsonNodeFactory.instance.objectNode());
    assertThat(query.aggregationsOverUnits()).containsExactly("max by (user) ", "sum by (ccy) ");
  }
}
