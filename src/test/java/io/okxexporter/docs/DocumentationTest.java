package io.okxexporter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.Config;
import io.okxexporter.config.cli.Flags;
import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.Configs;
import io.okxexporter.metrics.MetricFamily;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** README matches the code. */
class DocumentationTest {
  private static final String README = read("README.md");

  @TempDir private Path folder;

  @Test
  void the_table_of_metrics_is_the_contract() {
    assertThat(rows("name", "type", "labels").stream().map(row -> row.subList(0, 3)))
        .containsExactlyElementsOf(
            Arrays.stream(MetricFamily.values()).map(DocumentationTest::row).toList());
  }

  private static List<String> row(MetricFamily family) {
    String labels =
        family.labelNames().stream()
            .map(label -> "`" + label + "`")
            .collect(Collectors.joining(" "));
    return List.of("`" + family.exposedName() + "`", family.exposedType(), labels);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"README.md", "docs/RATIONALE.md", ".github/SECURITY.md", "prometheus.yml"})
  void every_metric_that_is_named_exists(String file) {
    Set<String> families =
        Arrays.stream(MetricFamily.values())
            .map(MetricFamily::exposedName)
            .collect(Collectors.toSet());
    assertThat(find("\\bokx_(?!exporter\\b)[a-z_]+[a-z]", read(file))).isSubsetOf(families);
  }

  @Test
  void the_table_of_the_file_has_its_keys_and_their_defaults() throws Exception {
    Map<String, String> defaults = load(smallest()).summary();
    List<List<String>> rows = fileRows().toList();
    assertThat(rows.stream().flatMap(row -> codes(row.get(0)).stream()))
        .containsExactlyInAnyOrderElementsOf(acceptedKeys("nonsense: 1\n" + smallest()));
    for (List<String> row : rows) {
      String key = codes(row.get(0)).get(0);
      if (!key.equals("users")) {
        assertThat(row.get(2)).isEqualTo("`" + defaults.get(key) + "`");
      }
    }
  }

  @Test
  void the_table_of_a_user_has_its_keys() throws Exception {
    assertThat(userRows().flatMap(row -> codes(row.get(0)).stream()))
        .containsExactlyInAnyOrderElementsOf(userKeys());
  }

  @Test
  void the_tables_have_the_variables() throws Exception {
    Map<String, String> environment = new HashMap<>();
    for (String key : userKeys()) {
      environment.put("OKX_" + key.toUpperCase(Locale.ROOT), "x");
    }
    environment.put("OKX_USER", "x");
    find("\\bOKX_[A-Z_]+", README + Flags.usage()).forEach(name -> environment.put(name, "x"));
    assertThat(Stream.concat(fileRows(), userRows()).flatMap(row -> codes(row.get(1)).stream()))
        .containsExactlyInAnyOrderElementsOf(rejectedWithAFile(environment));
    assertThat(rejectedWithAFile(environment))
        .containsAll(find("\\bOKX_(?!SHARD\\b)[A-Z_]+", README));
  }

  private static Stream<List<String>> fileRows() {
    return rows("key of the file", "variable").stream();
  }

  private static Stream<List<String>> userRows() {
    return rows("key of a user", "variable").stream();
  }

  private List<String> userKeys() throws IOException {
    return acceptedKeys(smallest() + "    nonsense: 1\n");
  }

  /** An unknown key makes the loader list the accepted ones. */
  private List<String> acceptedKeys(String yaml) throws IOException {
    return List.of(problems(yaml, Map.of()).replaceFirst("(?s).*expected one of ", "").split(", "));
  }

  /** The variables rejected alongside a file; an unknown variable causes only a warning. */
  private Set<String> rejectedWithAFile(Map<String, String> environment) throws IOException {
    return find("(?m)^OKX_[A-Z_]+(?=: expected to be unset)", problems(smallest(), environment));
  }

  private String problems(String yaml, Map<String, String> environment) throws IOException {
    try {
      Configs.load(file(yaml), environment);
      return "";
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String smallest() {
    return """
        users:
          - name: a
            api_key: k
            secret_key: s
            passphrase: p
        """;
  }

  private Config load(String yaml) throws ConfigException, IOException {
    return Configs.load(file(yaml));
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("okx.yml"), yaml);
  }

  @Test
  void the_example_of_a_file_loads() throws Exception {
    String yaml = blocks("yaml").get(0).replace("/run/secrets", folder + "/secrets");
    for (String secret : find("(?<=_file: )\\S+", yaml)) {
      Path file = Path.of(secret);
      Files.createDirectories(folder.resolve(file).resolveSibling(""));
      Files.writeString(file, secret + "\n");
    }
    Config config = load(yaml);
    assertThat(config.warnings()).isEmpty();
    assertThat(config.users()).extracting(User::name).contains("main", "market-maker");
    assertThat(config.users().get(2).credentials().passphrase().reveal())
        .isEqualTo("it's #1: {safe}!");
  }

  @Test
  void the_table_of_flags_has_what_help_has() {
    assertThat(rows("flag", "default").stream().flatMap(row -> codes(row.get(0)).stream()))
        .containsExactlyInAnyOrderElementsOf(find("(?<=\n {6})--[a-z.-]+", Flags.usage()));
  }

  @ParameterizedTest
  @EnumSource
  void every_reason_is_explained_with_its_codes_and_its_hint(Reason reason) {
    String entry =
        Stream.of(README.split("\n\n"))
            .filter(paragraph -> paragraph.startsWith("**`" + reason.label() + "`**"))
            .findAny()
            .orElseThrow();
    assertThat(find("\\b(\\d{5}|\\d{4}|[12](?=,))\\b", entry.replaceAll("(?s)\n>.*", "")))
        .isEqualTo(new TreeSet<>(reason.codes()));
    assertThat(entry.replaceAll("\n> ", " ")).contains(reason.remedy());
  }

  /** The formula at a latency of 100 ms and the default interval. */
  @Test
  void the_table_of_freshness_follows_the_formula() throws Exception {
    BigDecimal perUnit =
        BigDecimal.valueOf(load(smallest()).users().get(0).gap().toMillis(), 3)
            .add(new BigDecimal("0.1"));
    for (List<String> row : rows("units per user")) {
      BigDecimal round = perUnit.multiply(new BigDecimal(row.get(0)));
      BigDecimal shared = round.multiply(BigDecimal.valueOf(3));
      assertThat(row.subList(1, 5))
          .containsExactly(seconds(round), refreshed(round), seconds(shared), refreshed(shared));
    }
  }

  private static String refreshed(BigDecimal round) {
    return seconds(
        round.max(BigDecimal.valueOf(Config.defaults(List.of()).pollInterval().toSeconds())));
  }

  private static String seconds(BigDecimal seconds) {
    return seconds.stripTrailingZeros().toPlainString() + " s";
  }

  @Test
  void every_query_parses() throws Exception {
    String promtool = Command.program("promtool");
    List<String> queries =
        blocks("promql").get(0).lines().filter(line -> !line.startsWith("#")).toList();
    String rules =
        queries.stream()
            .map(query -> "      - {record: 'a:b', expr: '" + query.replace("'", "''") + "'}\n")
            .collect(Collectors.joining("", "groups:\n  - name: readme\n    rules:\n", ""));
    Path file = Files.writeString(folder.resolve("rules.yml"), rules);
    assertThat(
            Command.of(promtool, "check", "rules", "--lint=none", file.toString())
                .run()
                .succeeded())
        .contains("SUCCESS: " + queries.size() + " rules found");
  }

  /** The rows of the table whose header begins with these cells. */
  private static List<List<String>> rows(String... header) {
    List<String> lines = README.lines().toList();
    String start = "| " + String.join(" | ", header) + " |";
    int head = 0;
    while (!lines.get(head).startsWith(start)) {
      head++;
    }
    return lines.stream()
        .skip(head + 2)
        .takeWhile(line -> line.startsWith("|"))
        .map(DocumentationTest::cells)
        .toList();
  }

  private static List<String> cells(String line) {
    return Stream.of(line.split("\\|")).skip(1).map(String::strip).toList();
  }

  private static List<String> codes(String cell) {
    return Pattern.compile("`([^` ]+)`")
        .matcher(cell)
        .results()
        .map(code -> code.group(1))
        .toList();
  }

  private static List<String> blocks(String language) {
    return Pattern.compile("(?s)```" + language + "\n(.*?)```")
        .matcher(README)
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  private static Set<String> find(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
