package io.okxexporter.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.NpmProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every option of a dashboard exists and has a value of its type, in both Grafana 10 and 12. The
 * TypeScript compiler checks this against the types that Grafana publishes.
 */
class SchemaTest {
  private static final Path SOURCES = Path.of("src/test/grafana-schema");
  private static final Path FOLDER = Path.of("target/grafana-schema");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StringBuilder code =
      new StringBuilder("import type { Field, Frame, PanelOf } from './check';\n");
  private int constants;

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    NpmProject.install(SOURCES, FOLDER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "12"})
  void every_option_is_one_of_grafana(String version) throws Exception {
    Dashboard.all().forEach(this::add);
    assertThat(compile(version).succeeded()).isEmpty();
    assertThat(constants).isGreaterThan(50);
  }

  /** Proves that the check can fail. */
  @Test
  void an_option_that_does_not_exist_and_a_value_of_another_type_are_refused() throws Exception {
    add("Field<'timeseries'>", JSON.readTree("{\"custom\":{\"lineWidht\":2}}"));
    add("Field<'table'>", JSON.readTree("{\"custom\":{\"cellOptions\":{\"type\":\"colour\"}}}"));
    assertThat(compile("12").said())
        .contains("'\"lineWidht\"' does not exist")
        .contains("'\"colour\"' is not assignable");
  }

  private void add(Dashboard dashboard) {
    ObjectNode frame = dashboard.json().deepCopy();
    frame.remove("panels");
    add("Frame", frame);
    for (JsonNode panel : dashboard.panels()) {
      String type = "<'" + panel.path("type").asText() + "'>";
      add("PanelOf" + type, panel);
      for (JsonNode override : panel.path("fieldConfig").path("overrides")) {
        override.path("properties").forEach(property -> add("Field" + type, field(property)));
      }
    }
  }

  /** Converts {@code {id: "custom.width", value: 9}} to {@code {custom: {width: 9}}}. */
  private static JsonNode field(JsonNode property) {
    JsonNode field = property.path("value");
    List<String> names = List.of(property.path("id").asText().split("\\.", -1));
    for (int i = names.size() - 1; i >= 0; i--) {
      field = JSON.createObjectNode().set(names.get(i), field);
    }
    return field;
  }

  private void add(String type, JsonNode value) {
    code.append("export const check").append(++constants).append(": ").append(type).append(" = ");
    code.append(value.toPrettyString()).append(";\n");
  }

  private Command.Ended compile(String version) throws IOException, InterruptedException {
    Files.writeString(FOLDER.resolve("dashboards.ts"), code);
    String compiler = "node_modules/typescript/bin/tsc";
    return Command.of(Command.program("node"), compiler, "-p", version + ".tsconfig.json")
        .in(FOLDER)
        .run();
  }
}
