package io.okxexporter.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the alert rules with promtool and amtool. */
class AlertRulesIT {
  @TempDir private Path folder;

  private static Stream<Path> tests() {
    return RuleFile.tests().stream();
  }

  @Test
  void prometheus_loads_the_rules() throws Exception {
    assertThat(run("promtool", "check", "config", "prometheus.yml"))
        .contains("2 rule files found", "SUCCESS: " + RuleFile.rules().size() + " rules found");
  }

  @Test
  void every_yaml_file_of_the_folder_holds_rules() throws Exception {
    String[] files;
    try (Stream<Path> all = Files.list(RuleFile.FOLDER)) {
      files = all.map(Path::toString).filter(file -> file.endsWith(".yml")).toArray(String[]::new);
    }
    String[] check = {"check", "rules"};
    assertThat(run("promtool", Stream.of(check, files).flatMap(Stream::of).toArray(String[]::new)))
        .contains("SUCCESS: " + RuleFile.rules().size() + " rules found");
  }

  @Test
  void the_examples_of_floors_are_rules() throws Exception {
    String examples =
        RuleFile.read(RuleFile.FOLDER.resolve("okx.floors.yml")).replace("# - {", "- {");
    Path floors = Files.writeString(folder.resolve("floors.yml"), examples);
    assertThat(run("promtool", "check", "rules", floors.toString()))
        .contains("SUCCESS: 2 rules found");
  }

  @ParameterizedTest
  @MethodSource("tests")
  void every_alert_fires_and_stays_silent_where_it_should(Path test) throws Exception {
    assertThat(run("promtool", "test", "rules", test.toString())).contains("SUCCESS");
  }

  @Test
  void alertmanager_accepts_the_example_and_pages_for_what_is_critical() throws Exception {
    String example = RuleFile.FOLDER.resolve("alertmanager/alertmanager.yml").toString();
    run("amtool", "check-config", example);
    assertThat(receiver(example, "OkxAssetsLeft", "critical")).contains("pager");
    assertThat(receiver(example, "OkxAssetsLeft", "warning")).contains("everyone");
    assertThat(receiver(example, "OkxKeyRefused", "critical")).contains("pager");
    assertThat(receiver(example, "OkxBlocked", "critical")).contains("pager");
    assertThat(receiver(example, "OkxDataStale", "warning")).contains("everyone");
    assertThat(receiver(example, "OkxMaintenance", "info", "mode=live")).contains("everyone");
    assertThat(receiver(example, "OkxMaintenance", "info", "mode=demo")).contains("nobody");
  }

  /** The receiver, which amtool prints on its own line after a warning. */
  private Stream<String> receiver(String config, String alert, String severity, String... more)
      throws Exception {
    Stream<String> test = Stream.of("config", "routes", "test", "--config.file=" + config);
    Stream<String> labels = Stream.of("alertname=" + alert, "severity=" + severity);
    return run(
            "amtool",
            Stream.of(test, labels, Stream.of(more)).flatMap(all -> all).toArray(String[]::new))
        .lines();
  }

  /** Runs a program that must succeed, and returns its output. */
  private String run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(Command.program(program)), Stream.of(arguments)).toList();
    return Command.of(command).run().succeeded();
  }
}
