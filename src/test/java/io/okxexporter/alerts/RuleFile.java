package io.okxexporter.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The shipped rules and their test files. */
public final class RuleFile {
  static final Path FOLDER = Path.of("alerts");
  public static final Path RULES = FOLDER.resolve("okx.rules.yml");

  private static final Pattern RECORD = Pattern.compile("okx:[a-z0-9_:]+");

  private RuleFile() {}

  /** All rules of all groups. */
  static List<JsonNode> rules() {
    return yaml(RULES).path("groups").findValues("rules").stream()
        .flatMap(rules -> elements(rules))
        .toList();
  }

  public static List<JsonNode> alerts() {
    return rules().stream().filter(rule -> rule.has("alert")).toList();
  }

  public static Set<String> alertNames() {
    return alerts().stream().map(RuleFile::name).collect(Collectors.toSet());
  }

  /**
   * A rule file of only these alerts and the recording rules they depend on. The text is
   * deterministic, since its checksum identifies cached firings.
   */
  public static String only(Set<String> alerts) {
    Set<String> needed = new HashSet<>(alerts);
    Supplier<Stream<JsonNode>> included =
        () -> rules().stream().filter(rule -> needed.contains(name(rule)));
    while (needed.addAll(included.get().flatMap(RuleFile::records).collect(Collectors.toSet()))) {}
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("name", "only");
    group.put("interval", "1m");
    group.put("rules", included.get().map(RuleFile::plain).toList());
    return new Yaml().dump(Map.of("groups", List.of(group)));
  }

  private static String name(JsonNode rule) {
    return rule.path("record").asText(rule.path("alert").asText());
  }

  private static Stream<String> records(JsonNode rule) {
    return RECORD.matcher(rule.path("expr").asText()).results().map(MatchResult::group);
  }

  private static Map<?, ?> plain(JsonNode rule) {
    return new ObjectMapper().convertValue(rule, Map.class);
  }

  /** The files for {@code promtool test rules}. */
  static List<Path> tests() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("tests"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Parses YAML with SnakeYAML, since Jackson would leave aliases unresolved. */
  static JsonNode yaml(Path file) {
    return parsed(read(file));
  }

  static JsonNode parsed(String yaml) {
    return new ObjectMapper().valueToTree(new Yaml().load(yaml));
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(array::get);
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
