package io.okxexporter.alerts;

import static io.okxexporter.alerts.RuleFile.elements;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.okxexporter.metrics.MetricFamily;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the form of the alert rules; {@link AlertRulesIT} has promtool test their behaviour. */
class AlertRulesTest {
  /** The characters of a message that a phone's lock screen shows. */
  private static final int PHONE = 60;

  private static final List<JsonNode> RULES = RuleFile.rules();
  private static final List<JsonNode> ALERTS = RuleFile.alerts();
  private static final List<JsonNode> CASES =
      RuleFile.tests().stream()
          .flatMap(file -> elements(RuleFile.yaml(file).path("tests")))
          .flatMap(test -> elements(test.path("alert_rule_test")))
          .toList();
  private static final String RUNBOOK = RuleFile.read(RuleFile.FOLDER.resolve("README.md"));

  private static Stream<JsonNode> rules() {
    return RULES.stream();
  }

  private static Stream<JsonNode> alerts() {
    return ALERTS.stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void every_metric_is_in_the_contract_or_recorded_or_a_floor(JsonNode rule) {
    Set<String> allowed =
        Stream.of(
                Arrays.stream(MetricFamily.values()).map(MetricFamily::exposedName),
                records(RULES.stream()).stream(),
                Stream.of("okx_balance_floor", "up"))
            .flatMap(names -> names)
            .collect(toSet());
    assertThat(PromQl.metrics(rule.get("expr").asText())).isNotEmpty().isSubsetOf(allowed);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void every_selector_asks_for_labels_that_the_metric_has(JsonNode rule) {
    for (MetricFamily family : MetricFamily.values()) {
      assertThat(PromQl.selectedLabels(rule.get("expr").asText(), family.exposedName()))
          .as(family.exposedName())
          .isSubsetOf(family.labelNames());
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void every_label_is_in_the_contract_or_given_by_a_rule(JsonNode rule) {
    Set<String> allowed =
        Stream.concat(
                Arrays.stream(MetricFamily.values())
                    .flatMap(family -> family.labelNames().stream()),
                Stream.of("part", "window", "gap", "size", "at", "job", "instance"))
            .collect(toSet());
    assertThat(PromQl.labels(rule.get("expr").asText())).isSubsetOf(allowed);
  }

  @Test
  void every_recording_rule_serves_an_alert() {
    JsonNode served = RuleFile.parsed(RuleFile.only(RuleFile.alertNames()));
    assertThat(records(elements(served.at("/groups/0/rules"))))
        .isNotEmpty()
        .isEqualTo(records(RULES.stream()));
  }

  @Test
  void a_part_of_the_rules_is_the_same_text_each_time() {
    assertThat(RuleFile.only(RuleFile.alertNames()))
        .startsWith("groups:\n- name: only\n  interval: 1m\n  rules:\n");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void no_rule_adds_up_units(JsonNode rule) {
    String expr = rule.get("expr").asText();
    assertThat(
            PromQl.sumsOf(
                expr,
                "okx_\\w+_valuation|okx:(?:account|total|value|snapshot|before|then|member:snapshot)"))
        .allSatisfy(by -> assertThat(by).contains("ccy"));
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void every_alert_is_complete(JsonNode alert) {
    assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
    assertThat(alert.path("for").asText()).matches("[1-9][0-9]*[mh]");
    assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
    assertThat(alert.at("/annotations/description").asText()).containsAnyOf("$value", "query");
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void every_alert_leads_to_its_section_of_the_runbook(JsonNode alert) {
    String name = alert.get("alert").asText();
    assertThat(alert.at("/annotations/runbook_url").asText())
        .isEqualTo("alerts/README.md#" + name.toLowerCase(Locale.ROOT));
    assertThat(RUNBOOK.lines()).contains("### " + name);
  }

  @Test
  void the_runbook_has_the_alerts_in_its_table_and_no_other() {
    Set<String> names = RuleFile.alertNames();
    assertThat(find("(?m)^\\| \\[`(Okx\\w+)`\\]", RUNBOOK)).isEqualTo(names);
    assertThat(find("(?m)^### (Okx\\w+)$", RUNBOOK)).isEqualTo(names);
  }

  @Test
  void every_alert_has_a_case_in_which_it_fires_and_one_in_which_it_stays_silent() {
    Set<String> names = RuleFile.alertNames();
    assertThat(names(CASES.stream().filter(AlertRulesTest::fires), "alertname")).isEqualTo(names);
    assertThat(names(CASES.stream().filter(c -> !fires(c)), "alertname")).isEqualTo(names);
  }

  @Test
  void alertmanager_names_alerts_that_exist() {
    assertThat(
            find(
                "\\b(Okx\\w+)",
                RuleFile.read(RuleFile.FOLDER.resolve("alertmanager/alertmanager.yml"))))
        .isNotEmpty()
        .isSubsetOf(RuleFile.alertNames());
  }

  /** When OKX is down, one message covers all users. */
  @Test
  void alertmanager_groups_what_befalls_all_users_at_once() {
    JsonNode route =
        RuleFile.yaml(RuleFile.FOLDER.resolve("alertmanager/alertmanager.yml"))
            .at("/route/routes/0");
    assertThat(elements(route.path("group_by")).map(JsonNode::asText)).containsExactly("alertname");
    assertThat(find("\\b(Okx\\w+)", route.path("matchers").toString()))
        .contains("OkxValuationMissing", "OkxKeyRefused", "OkxBlocked", "OkxDataStale");
  }

  @Test
  void every_severity_of_an_alert_has_a_case_in_which_it_fires() {
    String tests = String.join("\n", RuleFile.tests().stream().map(RuleFile::read).toList());
    Set<String> fired =
        Stream.concat(
                find("alertname=\"(\\w+\",severity=\"\\w+)\"", tests).stream(),
                CASES.stream().filter(AlertRulesTest::fires).flatMap(AlertRulesTest::severities))
            .collect(toSet());
    assertThat(fired)
        .containsAll(
            ALERTS.stream()
                .map(a -> pair(a.get("alert"), a.at("/labels/severity")))
                .collect(toSet()));
  }

  @Test
  void every_summary_that_is_shown_fits_a_phone() {
    assertThat(CASES.stream().flatMap(c -> elements(c.path("exp_alerts"))))
        .allSatisfy(
            alert ->
                assertThat(alert.at("/exp_annotations/summary").asText())
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(PHONE));
  }

  private static boolean fires(JsonNode test) {
    return !test.path("exp_alerts").isEmpty();
  }

  private static Stream<String> severities(JsonNode test) {
    return elements(test.path("exp_alerts"))
        .map(alert -> pair(test.get("alertname"), alert.at("/exp_labels/severity")));
  }

  private static String pair(JsonNode name, JsonNode severity) {
    return name.asText() + "\",severity=\"" + severity.asText();
  }

  private static Set<String> records(Stream<JsonNode> rules) {
    return names(rules.filter(rule -> rule.has("record")), "record");
  }

  private static Set<String> names(Stream<JsonNode> nodes, String field) {
    return nodes.map(node -> node.get(field).asText()).collect(toSet());
  }

  private static Set<String> find(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(toSet());
  }
}
