package io.okxexporter.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okxexporter.fixture.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus parses every query, and evaluates some of them on test data. */
class PromQlTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Query> queries =
      Dashboard.all().stream().flatMap(dashboard -> dashboard.queries().stream()).toList();

  @TempDir private Path folder;

  @Test
  void every_query_parses() throws Exception {
    ObjectNode file = JSON.createObjectNode();
    ArrayNode rules = file.putArray("groups").addObject().put("name", "all").putArray("rules");
    for (Query query : queries) {
      rules.addObject().put("record", "a:b").put("expr", query.promQl());
    }
    Path yaml = write("rules.yml", JSON.writeValueAsString(file));
    assertThat(promtool("check", "rules", "--lint=none", yaml.toString()).succeeded())
        .contains("SUCCESS: " + queries.size() + " rules found");
  }

  /** src/test/resources/io/okxexporter/dashboards/queries.yml explains the expected results. */
  @Test
  void the_queries_answer_as_they_should() throws Exception {
    String tests = resource("queries.yml");
    for (Query query : queries) {
      tests = tests.replace("'" + query.place() + "'", JSON.writeValueAsString(query.promQl()));
    }
    assertThat(tests).doesNotContain(".json:");
    promtool("test", "rules", write("queries.yml", tests).toString()).succeeded();
  }

  /** The exporter's other panels are plain sums and rates. */
  @Test
  void every_query_of_the_portfolio_has_an_expected_result() throws Exception {
    assertThat(queries)
        .extracting(Query::place)
        .filteredOn(place -> place.matches("okx-asset-valuation.json: .*, [A-Z]"))
        .hasSizeGreaterThan(30)
        .allMatch(resource("queries.yml")::contains);
  }

  private static String resource(String name) throws IOException {
    return Files.readString(Path.of("src/test/resources/io/okxexporter/dashboards").resolve(name));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Command.Ended promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.add(0, Command.program("promtool"));
    return Command.of(command).in(folder).run();
  }
}
