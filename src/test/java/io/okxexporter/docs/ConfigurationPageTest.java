package io.okxexporter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.Config;
import io.okxexporter.config.cli.Flags;
import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.fixture.Configs;
import io.okxexporter.model.User;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/configuration.md, and what docs/metrics.md computes from defaults, match the code. */
class ConfigurationPageTest {
  private static final Page PAGE = Page.of("docs/configuration.md");

  @TempDir private Path folder;

  @Test
  void the_table_of_the_file_has_its_keys_and_their_defaults() throws Exception {
    Map<String, String> defaults = load(smallest()).summary();
    List<List<String>> rows = fileRows().toList();
    assertThat(rows.stream().flatMap(row -> Page.codes(row.get(0)).stream()))
        .containsExactlyInAnyOrderElementsOf(acceptedKeys("nonsense: 1\n" + smallest()));
    for (List<String> row : rows) {
      String key = Page.codes(row.get(0)).get(0);
      if (!key.equals("users")) {
        String value = defaults.get(key);
        assertThat(row.get(2)).isEqualTo(value == null ? "none" : "`" + value + "`");
      }
    }
  }

  @Test
  void the_table_of_a_user_has_its_keys() throws Exception {
    assertThat(userRows().flatMap(row -> Page.codes(row.get(0)).stream()))
        .containsExactlyInAnyOrderElementsOf(userKeys());
  }

  @Test
  void the_tables_have_the_variables() throws Exception {
    Map<String, String> environment = new HashMap<>();
    for (String key : userKeys()) {
      environment.put("OKX_" + key.toUpperCase(Locale.ROOT), "x");
    }
    environment.put("OKX_USER", "x");
    String texts = PAGE.text() + Page.of("README.md").text() + Flags.usage();
    Page.find("\\bOKX_[A-Z_]+", texts).forEach(name -> environment.put(name, "x"));
    Set<String> rejected = rejectedWithAFile(environment);
    assertThat(
            Stream.concat(fileRows(), userRows()).flatMap(row -> Page.codes(row.get(1)).stream()))
        .containsExactlyInAnyOrderElementsOf(rejected);
    assertThat(rejected).containsAll(Page.find("\\bOKX_(?!SHARD\\b)[A-Z_]+", texts));
  }

  private static Stream<List<String>> fileRows() {
    return PAGE.rows("key of the file", "variable").stream();
  }

  private static Stream<List<String>> userRows() {
    return PAGE.rows("key of a user", "variable").stream();
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
    return Page.find(
        "(?m)^OKX_[A-Z_]+(?=: expected to be unset)", problems(smallest(), environment));
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
    String yaml = PAGE.blocks("yaml").get(0).replace("/run/secrets", folder + "/secrets");
    for (String secret : Page.find("(?<=_file: )\\S+", yaml)) {
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
    assertThat(
            PAGE.rows("flag", "default").stream().flatMap(row -> Page.codes(row.get(0)).stream()))
        .containsExactlyInAnyOrderElementsOf(
            Page.find("(?<=\n {2}(?:-h,| {3}) )--[a-z.-]+", Flags.usage()));
  }

  /** The formula at a latency of 100 ms and the default interval. */
  @Test
  void the_table_of_freshness_follows_the_formula() throws Exception {
    BigDecimal perUnit =
        BigDecimal.valueOf(load(smallest()).users().get(0).gap().toMillis(), 3)
            .add(new BigDecimal("0.1"));
    List<List<String>> rows = Page.of("docs/metrics.md").rows("units per user");
    assertThat(rows).isNotEmpty();
    for (List<String> row : rows) {
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
}
