package io.okxexporter.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A shipped dashboard. */
public record Dashboard(String file, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All dashboards, ordered by file name. */
  public static List<Dashboard> all() {
    try (Stream<Path> files = Files.list(Path.of("grafana-dashboards"))) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(Dashboard::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dashboard read(Path path) {
    try {
      return new Dashboard(path.getFileName().toString(), JSON.readTree(path.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<JsonNode> panels() {
    return elements(json.path("panels"));
  }

  JsonNode panel(String title) {
    return panels().stream()
        .filter(panel -> panel.path("title").asText().equals(title))
        .findAny()
        .orElseThrow(() -> new AssertionError(file + ": no panel " + title));
  }

  List<JsonNode> variables(String type) {
    return elements(json.path("templating").path("list")).stream()
        .filter(variable -> variable.path("type").asText().equals(type))
        .toList();
  }

  JsonNode variable(String name) {
    return variables("query").stream()
        .filter(variable -> variable.path("name").asText().equals(name))
        .findAny()
        .orElseThrow(() -> new AssertionError(file + ": no variable " + name));
  }

  static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** All Prometheus queries: those of panels, annotations and variables. */
  public List<Query> queries() {
    List<Query> queries = new ArrayList<>(panelQueries());
    for (JsonNode annotation : elements(json.path("annotations").path("list"))) {
      if (annotation.has("expr")) {
        queries.add(query(annotation.path("name"), annotation.path("expr").asText(), annotation));
      }
    }
    for (JsonNode variable : variables("query")) {
      queries.add(
          query(
              variable.path("name"),
              expression(variable.path("query").path("query").asText()),
              variable));
    }
    return queries;
  }

  List<Query> panelQueries() {
    List<Query> queries = new ArrayList<>();
    for (JsonNode panel : panels()) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(query(panel.path("title"), target.path("expr").asText(), target));
      }
    }
    return queries;
  }

  private Query query(JsonNode title, String expr, JsonNode json) {
    String refId = json.path("refId").asText();
    String place = file + ": " + title.asText() + (refId.isEmpty() ? "" : ", " + refId);
    return new Query(place, expr, json);
  }

  /**
   * The PromQL behind {@code label_values(series, label)}, which has the values of a label, and
   * {@code query_result(expr)}.
   */
  private static String expression(String query) {
    return query
        .replaceFirst("^label_values\\((.*), (\\w+)\\)$", "count by ($2) ($1)")
        .replaceFirst("^query_result\\((.*)\\)$", "$1");
  }
}
