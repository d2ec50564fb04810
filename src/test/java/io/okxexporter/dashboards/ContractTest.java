package io.okxexporter.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards query only metrics and labels that exist. */
class ContractTest {
  /** Metrics from other sources: Prometheus and libraries. */
  private static final Map<String, List<String>> OTHERS =
      Map.of(
          "ALERTS", List.of("alertname", "alertstate", "severity", "user", "main_uid"),
          "up", List.of(),
          "scrape_duration_seconds", List.of(),
          "scrape_samples_scraped", List.of(),
          "process_start_time_seconds", List.of(),
          "process_cpu_seconds_total", List.of(),
          "process_resident_memory_bytes", List.of(),
          "jvm_memory_used_bytes", List.of("area"),
          "jvm_gc_collection_seconds_sum", List.of("gc"),
          "jetty_server_requests_seconds_count", List.of("path", "status"));

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
    assertThat(query.selectors()).isNotEmpty();
    Set<String> allowed = new HashSet<>();
    for (Selector selector : query.selectors()) {
      assertThat(LABELS).containsKey(selector.metric());
      assertThat(LABELS.get(selector.metric())).containsAll(selector.labels());
      allowed.addAll(LABELS.get(selector.metric()));
    }
    assertThat(allowed).containsAll(labelsBesideSelectors(query));
  }

  /** The labels in groupings, legends and table columns. */
  private static List<String> labelsBesideSelectors(Query query) {
    List<String> labels = new ArrayList<>();
    for (String grouping : Query.find("(?<=\\b(by|on|group_left) \\()[^)]*", query.expr())) {
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
            .replaceAll("\\b(by|on|group_left) \\([^)]*\\)", "");
    assertThat(Query.find("\\b[a-zA-Z]\\w*_\\w+\\b(?! ?\\()", rest))
        .allMatch(name -> name.equals("__rate_interval") || name.equals("__range"));
    assertThat(rest).doesNotContainPattern("\\bup\\b|\\bALERTS\\b");
  }

  /**
   * Values in different units are never aggregated: a query selects one unit or keeps {@code ccy}.
   */
  @ParameterizedTest
  @MethodSource("queries")
  void no_value_is_aggregated_over_units(Query query) {
    boolean severalUnits =
        query.selectors().stream()
            .filter(selector -> selector.metric().matches("okx(_total)?_asset_valuation"))
            .anyMatch(selector -> !selector.matchers().contains("ccy=\"$ccy\""));
    if (severalUnits) {
      assertThat(
              Query.find("\\b(sum|avg|max|min|topk|bottomk)\\b[^({]*(\\([^)]*\\))?", query.expr()))
          .allMatch(aggregation -> aggregation.contains("ccy"));
    }
  }
}
