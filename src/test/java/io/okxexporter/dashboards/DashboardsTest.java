package io.okxexporter.dashboards;

import static io.okxexporter.dashboards.Dashboard.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.okxexporter.model.Flow;
import io.okxexporter.model.FlowKind;
import io.okxexporter.model.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requirements on every dashboard, and the layout of its panels. */
class DashboardsTest {
  private static final int COLUMNS = 24;

  static List<Dashboard> dashboards() {
    return Dashboard.all();
  }

  @Test
  void there_are_two_each_with_a_fixed_uid_that_is_its_file_name() {
    assertThat(dashboards())
        .extracting(dashboard -> dashboard.json().path("uid").asText() + ".json")
        .containsExactlyElementsOf(dashboards().stream().map(Dashboard::file).toList())
        .containsExactly("okx-asset-valuation.json", "okx-exporter.json");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void each_can_be_imported_and_provisioned(Dashboard dashboard) {
    JsonNode json = dashboard.json();
    assertThat(json.path("schemaVersion").asInt()).isEqualTo(39);
    assertThat(json.has("id")).isFalse();
    assertThat(json.has("__inputs")).isFalse();
    assertThat(json.findValues("datasource"))
        .extracting(source -> source.path("uid").asText())
        .containsOnly("${datasource}", "-- Grafana --");
  }

  /** A link by tag, unlike one by path, also works if Grafana is served below a path. */
  @ParameterizedTest
  @MethodSource("dashboards")
  void each_is_linked_with_the_other_and_takes_time_and_variables_along(Dashboard dashboard) {
    JsonNode link = dashboard.json().path("links").path(0);
    assertThat(elements(dashboard.json().path("tags"))).containsAll(elements(link.path("tags")));
    assertThat(link.path("type").asText()).isEqualTo("dashboards");
    assertThat(link.path("keepTime").asBoolean() && link.path("includeVars").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void each_panel_has_an_id_of_its_own(Dashboard dashboard) {
    assertThat(dashboard.panels())
        .extracting(panel -> panel.path("id").asInt())
        .doesNotHaveDuplicates();
    assertThat(dashboard.panels())
        .allSatisfy(panel -> assertThat(panel.path("id").asInt()).isPositive());
  }

  /** No overlap, nothing outside the grid, and no holes: every row in use is full. */
  @ParameterizedTest
  @MethodSource("dashboards")
  void the_panels_fill_the_grid_without_overlap(Dashboard dashboard) {
    Set<List<Integer>> cells = new HashSet<>();
    int bottom = 0;
    for (JsonNode panel : dashboard.panels()) {
      JsonNode place = panel.path("gridPos");
      int right = place.path("x").asInt() + place.path("w").asInt();
      assertThat(right).isLessThanOrEqualTo(COLUMNS);
      for (int x = place.path("x").asInt(); x < right; x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          assertThat(cells.add(List.of(x, place.path("y").asInt() + y)))
              .as(panel.path("title").asText() + " lies on another panel")
              .isTrue();
        }
      }
      bottom = Math.max(bottom, place.path("y").asInt() + place.path("h").asInt());
    }
    assertThat(cells).hasSize(bottom * COLUMNS);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void every_panel_says_what_it_shows_and_what_an_empty_one_means(Dashboard dashboard) {
    for (JsonNode panel : dashboard.panels()) {
      JsonNode defaults = panel.path("fieldConfig").path("defaults");
      assertThat(panel.path("description").asText()).as(panel.path("title").asText()).endsWith(".");
      assertThat(defaults.path("noValue").asText()).isNotEmpty().isNotEqualTo("No data");
      assertThat(defaults.path("unit").asText()).isNotEmpty();
    }
  }

  /** Otherwise Grafana treats digits as a number: a User ID of 18 digits would be rounded. */
  @ParameterizedTest
  @MethodSource("dashboards")
  void tables_show_labels_as_text(Dashboard dashboard) {
    assertThat(dashboard.panels())
        .filteredOn(panel -> panel.path("type").asText().equals("table"))
        .isNotEmpty()
        .extracting(panel -> panel.path("fieldConfig").path("defaults").path("unit").asText())
        .containsOnly("string");
  }

  /**
   * The simplest setup has no user label, so only a pattern that matches the empty string finds it.
   */
  @ParameterizedTest
  @MethodSource("dashboards")
  void all_users_includes_the_one_without_a_name(Dashboard dashboard) {
    assertThat(dashboard.variable("user").path("allValue").asText()).isEqualTo(".*");
    assertThat(dashboard.variable("user").path("includeAll").asBoolean()).isTrue();
  }

  /** Also in marks and variables, of which the linter's rule says nothing. */
  @ParameterizedTest
  @MethodSource("dashboards")
  void all_jobs_and_instances_are_those_of_exporters(Dashboard dashboard) {
    for (String name : List.of("job", "instance")) {
      assertThat(dashboard.variable(name).path("query").path("query").asText())
          .startsWith("label_values(okx_up{");
    }
    assertThat(dashboard.queries())
        .filteredOn(query -> !query.place().matches(".*: (job|instance)"))
        .flatExtracting(Query::selectors)
        .filteredOn(selector -> !selector.metric().startsWith("ALERTS"))
        .isNotEmpty()
        .allMatch(it -> it.matchers().startsWith("job=~\"$job\", instance=~\"$instance\""));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void restarts_are_marked_in_every_graph(Dashboard dashboard) {
    assertThat(marks(dashboard).get("Restarts")).contains("process_start_time_seconds{");
  }

  /** As regions, the alerts of hundreds of users would colour every graph. */
  @ParameterizedTest
  @MethodSource("dashboards")
  void alerts_that_fire_are_a_list_and_no_marks(Dashboard dashboard) {
    assertThat(dashboard.panel("Alerts").path("type").asText()).isEqualTo("table");
    assertThat(dashboard.panel("Alerts").path("targets").path(0).path("expr").asText())
        .contains("ALERTS{alertstate=\"firing\", alertname=~\"Okx.*\", user=~\"$user|\"");
    assertThat(marks(dashboard).values()).noneMatch(expr -> expr.contains("ALERTS"));
  }

  private static Map<String, String> marks(Dashboard dashboard) {
    Map<String, String> marks = new TreeMap<>();
    for (JsonNode mark : dashboard.json().path("annotations").path("list")) {
      if (mark.has("expr") && mark.path("enable").asBoolean()) {
        marks.put(mark.path("name").asText(), mark.path("expr").asText());
      }
    }
    return marks;
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void no_expression_is_sent_twice(Dashboard dashboard) {
    assertThat(dashboard.panelQueries()).extracting(Query::expr).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void it_is_not_refreshed_oftener_than_once_a_minute(Dashboard dashboard) {
    assertThat(dashboard.json().path("refresh").asText()).matches("[1-9]\\d*m");
  }

  /** No 8.18 K: a unit that abbreviates hides what is exact. */
  @Test
  void money_is_never_abbreviated() {
    assertThat(portfolio().json().toString()).contains("\"locale\"").doesNotContain("\"short\"");
  }

  /** Money that left is red, what moved between own User IDs purple, what came blue. */
  @Test
  void every_kind_of_flow_has_words_and_its_color() {
    Map<String, String> graph = new TreeMap<>();
    for (JsonNode override : overrides("Money in and out, in USDT")) {
      graph.put(
          override.path("matcher").path("options").asText(),
          override.findValue("fixedColor").asText());
    }
    JsonNode list = words("Flows", "what");
    for (FlowKind kind : FlowKind.values()) {
      for (Flow.Direction direction : Flow.Direction.values()) {
        String flow = kind.label() + " " + direction.label();
        if (!flow.equals("deposit out")) {
          String color = color(kind, direction);
          String bar = color.equals("purple") ? kind.label() + " net" : flow;
          assertThat(graph.get(bar)).as(flow).endsWith(color);
          assertThat(list.path(flow).path("color").asText()).endsWith(color);
          assertThat(list.path(flow).path("text").asText()).isNotEqualTo(flow).doesNotContain("_");
        }
      }
    }
  }

  private static String color(FlowKind kind, Flow.Direction direction) {
    return switch (kind) {
      case SUB_ACCOUNT, CUSTODY, BROKER -> "purple";
      case DEPOSIT, WITHDRAWAL, USER, FIAT, OTHER ->
          direction == Flow.Direction.OUT ? "red" : "blue";
    };
  }

  @Test
  void every_reason_and_every_stage_has_words() {
    assertThat(words("Missing", "reason").fieldNames())
        .toIterable()
        .containsAll(Stream.of(Reason.values()).map(Reason::label).toList())
        .contains("waiting", "down");
    JsonNode stages = words("Withdrawals", "stage");
    assertThat(stages.fieldNames())
        .toIterable()
        .containsExactly("cancellable", "review", "in_progress", "done", "cancelled");
    assertThat(stages.path("cancellable").path("text").asText())
        .isEqualTo("can still be cancelled");
  }

  /** The words and colors for the values of a field. */
  private static JsonNode words(String panel, String field) {
    return overrides(panel).stream()
        .filter(override -> override.path("matcher").path("options").asText().equals(field))
        .flatMap(override -> elements(override.path("properties")).stream())
        .filter(property -> property.path("id").asText().equals("mappings"))
        .map(property -> property.path("value").path(0).path("options"))
        .findAny()
        .orElseThrow();
  }

  private static List<JsonNode> overrides(String panel) {
    return elements(portfolio().panel(panel).path("fieldConfig").path("overrides"));
  }

  private static Dashboard portfolio() {
    return dashboards().get(0);
  }
}
