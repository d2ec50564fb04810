package io.okxexporter.dashboards;

import static io.okxexporter.dashboards.Dashboard.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requirements on every dashboard, and the layout of its panels. */
class DashboardsTest {
  private static final int COLUMNS = 24;

  private static final Pattern MATCHER = Pattern.compile("alertname(=~|!~)\"([^\"]*)\"");

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

  @ParameterizedTest
  @MethodSource("dashboards")
  void alerts_and_restarts_are_marked_in_every_graph(Dashboard dashboard) {
    Map<String, String> marks = new TreeMap<>();
    for (JsonNode mark : dashboard.json().path("annotations").path("list")) {
      if (mark.has("expr") && mark.path("enable").asBoolean()) {
        marks.put(mark.path("name").asText(), mark.path("expr").asText());
      }
    }
    assertThat(marks).containsOnlyKeys("Alerts", "Restarts");
    assertThat(marks.get("Alerts")).contains("ALERTS{alertstate=\"firing\"", "user=~\"$user|\"");
    assertThat(marks.get("Restarts")).contains("process_start_time_seconds{");
  }

  /** Alerts about money are on the dashboard of valuations, all others on that of the exporter. */
  @Test
  void every_alert_is_marked_on_one_dashboard() throws IOException {
    String rules = Files.readString(Path.of("alerts/okx.rules.yml"));
    Pattern alert = Pattern.compile("- alert: (\\w+)");
    assertThat(alert.matcher(rules).results().map(found -> found.group(1)).distinct())
        .isNotEmpty()
        .allSatisfy(
            name -> assertThat(dashboards().stream().filter(it -> marks(it, name))).hasSize(1));
  }

  private static boolean marks(Dashboard dashboard, String alert) {
    String expr = dashboard.json().path("annotations").path("list").path(1).path("expr").asText();
    return MATCHER
        .matcher(expr)
        .results()
        .allMatch(it -> it.group(1).equals("=~") == alert.matches(it.group(2)));
  }
}
