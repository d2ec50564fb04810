package io.okxexporter.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.okxexporter.config.Config;
import io.okxexporter.config.cli.Flags;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The compose stack without an engine: its contents, and whether Compose accepts it. */
class ComposeTest {
  private static final Path FOLDER = Path.of("deploy");
  private static final YAMLMapper YAML = new YAMLMapper();

  @TempDir Path temp;

  @Test
  void compose_accepts_the_simulation() throws Exception {
    assertThat(config("compose.yml").path("services").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("exporter", "prometheus", "alertmanager", "grafana");
  }

  @Test
  void compose_accepts_the_real_thing() throws Exception {
    JsonNode exporter = config("compose.yml", "compose.live.yml").path("services").path("exporter");
    assertThat(texts(exporter.path("command"))).doesNotContain("--simulate");
    assertThat(texts(exporter.path("secrets").findValues("source")))
        .containsExactly("api_key", "passphrase", "secret_key");
  }

  /** The configuration that Compose merges from these files. */
  private static JsonNode config(String... files) throws Exception {
    Command.program("docker-compose");
    List<String> command = new ArrayList<>(List.of("docker-compose"));
    for (String file : files) {
      command.addAll(List.of("--file", FOLDER.resolve(file).toString()));
    }
    command.add("config");
    Map<String, String> password = Map.of("GRAFANA_PASSWORD", "chosen");
    return YAML.readTree(Command.of(command).with(password).run().succeeded());
  }

  @Test
  void every_service_is_confined_and_reached_from_this_machine_alone() throws Exception {
    for (JsonNode service : read("compose.yml").path("services")) {
      assertThat(service.path("read_only").asBoolean()).isTrue();
      assertThat(texts(service.path("cap_drop"))).containsExactly("ALL");
      assertThat(texts(service.path("security_opt"))).containsExactly("no-new-privileges:true");
      assertThat(service.at("/ulimits/core").asInt(-1)).isZero();
      assertThat(texts(service.path("ports"))).hasSize(1).allMatch(p -> p.startsWith("127.0.0.1:"));
    }
  }

  @Test
  void images_of_others_are_named_by_version_and_digest() throws Exception {
    for (JsonNode service : read("compose.yml").path("services")) {
      assertThat(service.path("image").asText())
          .matches("okx-exporter|[\\w./-]+:v?\\d+\\.\\d+\\.\\d+@sha256:[0-9a-f]{64}");
    }
  }

  @Test
  void the_password_of_grafana_is_chosen_by_its_user() throws Exception {
    JsonNode grafana = config("compose.yml").path("services").path("grafana");
    assertThat(grafana.at("/environment/GF_SECURITY_ADMIN_PASSWORD").asText()).isEqualTo("chosen");
    String file = FOLDER.resolve("compose.yml").toString();
    Command without = Command.of("docker-compose", "--file", file, "config");
    assertThat(without.with(Map.of("GRAFANA_PASSWORD", "")).run().said())
        .contains("choose a password for the user admin of Grafana");
  }

  @Test
  void every_file_and_folder_that_is_mounted_exists() throws Exception {
    JsonNode compose = read("compose.yml");
    List<String> volumes = new ArrayList<>();
    for (JsonNode service : compose.path("services")) {
      for (String mount : texts(service.path("volumes"))) {
        String source = mount.split(":", -1)[0];
        if (source.startsWith(".")) {
          assertThat(FOLDER.resolve(source)).exists();
          assertThat(mount).endsWith(":ro");
        } else {
          volumes.add(source);
        }
      }
    }
    assertThat(compose.path("volumes").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(volumes);
  }

  @Test
  void it_is_simulated_by_default() throws Exception {
    JsonNode exporter = read("compose.yml").path("services").path("exporter");
    assertThat(Flags.parse(texts(exporter.path("command")).toArray(String[]::new)).simulate())
        .isTrue();
    assertThat(exporter.path("environment").isMissingNode()).isTrue();
  }

  @Test
  void three_files_make_it_real() throws Exception {
    JsonNode exporter = read("compose.live.yml").path("services").path("exporter");
    Flags flags = Flags.parse(texts(exporter.path("command")).toArray(String[]::new));
    assertThat(flags.simulate()).isFalse();
    Map<String, String> environment = new HashMap<>();
    for (Map.Entry<String, JsonNode> variable : exporter.path("environment").properties()) {
      environment.put(variable.getKey(), inContainer(variable.getValue().asText()));
    }
    Config config = Configs.load(flags.configFile(), environment);
    assertThat(config.users()).hasSize(1);
    assertThat(config.warnings()).isEmpty();
  }

  /** The default of a variable, or the file that Compose would mount for a secret. */
  private String inContainer(String value) throws IOException {
    if (value.startsWith("/run/secrets/")) {
      return Files.writeString(temp.resolve(Path.of(value).getFileName()), "s3cr3t\n").toString();
    }
    return value.replaceFirst("\\$\\{\\w+:-(.*)}", "$1");
  }

  @Test
  void prometheus_accepts_its_configuration_with_the_rules() throws Exception {
    Command.program("promtool");
    Path prometheus = FOLDER.resolve("compose/prometheus.yml");
    Path copy = Files.copy(prometheus, temp.resolve("prometheus.yml"));
    Files.createSymbolicLink(temp.resolve("alerts"), Path.of("alerts").toAbsolutePath());
    assertThat(Command.of("promtool", "check", "config", copy.toString()).run().succeeded())
        .contains("okx.rules.yml", "SUCCESS");
    assertThat(YAML.readTree(prometheus.toFile()).toString())
        .contains("\"exporter:10058\"", "\"alertmanager:9093\"");
  }

  @Test
  void grafana_finds_prometheus_and_the_dashboards() throws Exception {
    JsonNode source = read("compose/grafana/datasources/prometheus.yml").at("/datasources/0");
    assertThat(source.path("url").asText()).isEqualTo("http://prometheus:9090");
    assertThat(source.path("type").asText()).isEqualTo("prometheus");
    String path =
        read("compose/grafana/dashboards/okx.yml").at("/providers/0/options/path").asText();
    JsonNode grafana = read("compose.yml").path("services").path("grafana");
    assertThat(texts(grafana.path("volumes"))).contains("../grafana-dashboards:" + path + ":ro");
    String home = grafana.at("/environment/GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH").asText();
    assertThat(Path.of("grafana-dashboards", home.substring(path.length()))).exists();
  }

  @Test
  void the_example_configuration_is_accepted() throws Exception {
    Path example = Files.copy(FOLDER.resolve("okx.example.yml"), temp.resolve("okx.yml"));
    for (JsonNode user : YAML.readTree(example.toFile()).path("users")) {
      for (String secret : List.of("api_key_file", "secret_key_file", "passphrase_file")) {
        Path file = temp.resolve(user.path(secret).asText());
        Files.createDirectories(file.getParent());
        Files.writeString(file, user.path("name").asText() + secret);
      }
    }
    assertThat(Configs.load(example).users()).hasSize(2);
  }

  /** Reads YAML with its merge keys resolved, which Jackson would ignore. */
  private static JsonNode read(String file) throws IOException {
    return YAML.valueToTree(new Yaml().load(Files.readString(FOLDER.resolve(file))));
  }

  private static List<String> texts(Iterable<JsonNode> nodes) {
    Stream<JsonNode> stream = StreamSupport.stream(nodes.spliterator(), false);
    return stream.map(JsonNode::asText).toList();
  }
}
