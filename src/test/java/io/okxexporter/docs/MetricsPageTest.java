package io.okxexporter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Command;
import io.okxexporter.metrics.MetricFamily;
import io.okxexporter.model.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What pages say about metrics and reasons matches the code. */
class MetricsPageTest {
  private static final Page PAGE = Page.of("docs/metrics.md");

  @TempDir private Path folder;

  @Test
  void the_table_of_metrics_is_the_contract() {
    assertThat(PAGE.rows("name", "type", "labels").stream().map(row -> row.subList(0, 3)))
        .containsExactlyElementsOf(
            Arrays.stream(MetricFamily.values()).map(MetricsPageTest::row).toList());
  }

  private static List<String> row(MetricFamily family) {
    String labels =
        family.labelNames().stream()
            .map(label -> "`" + label + "`")
            .collect(Collectors.joining(" "));
    return List.of("`" + family.exposedName() + "`", family.exposedType(), labels);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_metric_that_is_named_exists(String file) {
    Set<String> families =
        Arrays.stream(MetricFamily.values())
            .map(MetricFamily::exposedName)
            .collect(Collectors.toSet());
    assertThat(Page.find("\\bokx_(?!exporter\\b)[a-z_]+[a-z]", Page.of(file).text()))
        .isSubsetOf(families);
  }

  private static Stream<String> pages() {
    return Stream.concat(Page.all().stream(), Stream.of("prometheus.yml"));
  }

  @ParameterizedTest
  @EnumSource
  void every_reason_is_explained_with_its_codes_and_its_remedy(Reason reason) {
    String entry =
        Stream.of(Page.of("docs/troubleshooting.md").text().split("\n\n"))
            .filter(paragraph -> paragraph.startsWith("**`" + reason.label() + "`**"))
            .findAny()
            .orElseThrow();
    assertThat(Page.find("\\b(\\d{5}|\\d{4}|[12](?=,))\\b", entry.replaceAll("(?s)\n>.*", "")))
        .isEqualTo(new TreeSet<>(reason.codes()));
    assertThat(entry.replaceAll("\n> ", " ")).contains(reason.remedy());
  }

  @Test
  void every_query_parses() throws Exception {
    List<String> queries = queries();
    String rules =
        queries.stream()
            .map(query -> "      - {record: 'a:b', expr: '" + query.replace("'", "''") + "'}\n")
            .collect(Collectors.joining("", "groups:\n  - name: docs\n    rules:\n", ""));
    Path file = Files.writeString(folder.resolve("rules.yml"), rules);
    assertThat(promtool("check", "rules", "--lint=none", file.toString()))
        .contains("SUCCESS: " + queries.size() + " rules found");
  }

  @Test
  void readme_has_the_query_of_the_sum() {
    assertThat(Page.of("README.md").blocks("promql")).containsExactly(queries().get(0) + "\n");
  }

  /** A sum over the users that are left would look like a loss. */
  @Test
  void the_sum_is_absent_while_a_user_has_no_value() throws Exception {
    String test =
        """
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
              - {series: 'okx_poll_interval_seconds{user="a",ccy="USDT"}', values: '15x9'}
              - {series: 'okx_poll_interval_seconds{user="b",ccy="USDT"}', values: '15x9'}
              - {series: 'okx_total_asset_valuation{user="a",ccy="USDT"}', values: '5x9'}
              - {series: 'okx_total_asset_valuation{user="b",ccy="USDT"}', values: '2 2 stale'}
            promql_expr_test:
              - {expr: '%1$s', eval_time: 1m, exp_samples: [{labels: '{}', value: 7}]}
              - {expr: '%1$s', eval_time: 3m, exp_samples: []}
        """
            .formatted(queries().get(0));
    Path file = Files.writeString(folder.resolve("test.yml"), test);
    assertThat(promtool("test", "rules", file.toString())).contains("SUCCESS");
  }

  private static List<String> queries() {
    return PAGE.blocks("promql").get(0).lines().filter(line -> !line.startsWith("#")).toList();
  }

  private static String promtool(String... arguments) throws Exception {
    String[] command =
        Stream.concat(Stream.of(Command.program("promtool")), Stream.of(arguments))
            .toArray(String[]::new);
    return Command.of(command).run().succeeded();
  }
}
