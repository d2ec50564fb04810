package io.okxexporter.dashboards;

import static io.okxexporter.dashboards.Dashboard.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.okxexporter.dashboards.Query.Selector;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules of grafana/dashboard-linter, one test each, named after the rule. Those about valid
 * PromQL (target-promql, template-label-promql) are in {@link PromQlTest}; those about LogQL do not
 * apply.
 */
class LinterRulesTest {
  /** The Grafana units in use. */
  private static final Set<String> UNITS =
      Set.of(
          "none",
          "string",
          "short",
          "locale",
          "percentunit",
          "s",
          "bytes",
          "reqps",
          "dateTimeAsIso",
          "dateTimeAsLocal",
          "dateTimeFromNow");

  static List<Dashboard> dashboards() {
    return Dashboard.all();
  }

  static Stream<JsonNode> panels() {
    return dashboards().stream().flatMap(dashboard -> dashboard.panels().stream());
  }

  static Stream<Query> targets() {
    return dashboards().stream().flatMap(dashboard -> dashboard.panelQueries().stream());
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void template_datasource_rule(Dashboard dashboard) {
    List<JsonNode> sources = dashboard.variables("datasource");
    assertThat(sources).hasSize(1);
    assertThat(sources.get(0).path("query").asText()).isEqualTo("prometheus");
    assertThat(sources.get(0).path("name").asText()).isEqualTo("datasource");
    assertThat(sources.get(0).path("label").asText()).isEqualTo("Data source");
  }

  /**
   * With one exception: the rule wants {@code .+} for all, which matches every job of a Prometheus.
   * Without it, all are those that have an exporter.
   */
  @ParameterizedTest
  @ValueSource(strings = {"job", "instance"})
  void template_job_rule_and_template_instance_rule(String name) {
    for (Dashboard dashboard : dashboards()) {
      JsonNode variable = dashboard.variable(name);
      assertThat(variable.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
      assertThat(variable.path("label").asText()).isEqualToIgnoringCase(name);
      assertThat(variable.path("multi").asBoolean()).isTrue();
      assertThat(variable.has("allValue")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void template_on_time_change_reload_rule(Dashboard dashboard) {
    assertThat(dashboard.variables("query"))
        .allSatisfy(variable -> assertThat(variable.path("refresh").asInt()).isEqualTo(2));
  }

  @ParameterizedTest
  @MethodSource("panels")
  void panel_datasource_rule(JsonNode panel) {
    assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
    assertThat(elements(panel.path("targets")))
        .allSatisfy(
            target -> assertThat(target.path("datasource")).isEqualTo(panel.path("datasource")));
  }

  @ParameterizedTest
  @MethodSource("panels")
  void panel_title_description_rule(JsonNode panel) {
    assertThat(panel.path("title").asText()).isNotBlank();
    assertThat(panel.path("description").asText()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("panels")
  void panel_units_rule(JsonNode panel) {
    assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText()).isIn(UNITS);
    for (JsonNode override : panel.path("fieldConfig").path("overrides")) {
      for (JsonNode property : override.path("properties")) {
        if (property.path("id").asText().equals("unit")) {
          assertThat(property.path("value").asText()).isIn(UNITS);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("panels")
  void panel_no_targets_rule(JsonNode panel) {
    assertThat(elements(panel.path("targets"))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void target_rate_interval_rule(Query query) {
    assertThat(Query.find("\\bi?rate\\([^\\[]*\\[[^]]*]", query.expr()))
        .allMatch(rate -> rate.endsWith("[$__rate_interval]"));
  }

  /** With one exception: alerts come from Prometheus and have neither label. */
  @ParameterizedTest
  @MethodSource("targets")
  void target_job_rule_and_target_instance_rule(Query query) {
    assertThat(query.selectors())
        .filteredOn(selector -> !selector.metric().startsWith("ALERTS"))
        .extracting(Selector::matchers)
        .allMatch(it -> it.contains("job=~\"$job\"") && it.contains("instance=~\"$instance\""));
  }

  /**
   * With one exception: increase() misses the first failure if the counter appears with it. So a
   * counter that did not exist an interval ago counts in full, if its target existed.
   */
  @ParameterizedTest
  @MethodSource("targets")
  void target_counter_agg_rule(Query query) {
    String withoutNewCounters =
        query.expr().replaceAll("(\\w+_total\\{[^}]*}) unless \\1 offset \\$__rate_interval", "");
    assertThat(Query.find(".{0,9}\\w+_total\\{[^}]*}.?", withoutNewCounters))
        .allMatch(counter -> counter.matches(".*(rate|increase)\\(\\w+\\{[^}]*}\\["));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void uneditable_dashboard(Dashboard dashboard) {
    assertThat(dashboard.json().path("editable").asBoolean(true)).isFalse();
  }
}
