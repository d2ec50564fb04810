package io.okxexporter.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The shipped rules, and the files that test them. */
final class RuleFile {
  static final Path FOLDER = Path.of("alerts");
  static final Path RULES = FOLDER.resolve("okx.rules.yml");

  private RuleFile() {}

  /** All rules of all groups. */
  static List<JsonNode> rules() {
    return yaml(RULES).path("groups").findValues("rules").stream()
        .flatMap(rules -> elements(rules))
        .toList();
  }

  static List<JsonNode> alerts() {
    return rules().stream().filter(rule -> rule.has("alert")).toList();
  }

  /** The files for {@code promtool test rules}. */
  static List<Path> tests() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("tests"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Jackson's own reader would leave aliases unresolved. */
  static JsonNode yaml(Path file) {
    return new ObjectMapper().valueToTree(new Yaml().load(read(file)));
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(array::get);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
