package io.okxexporter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.model.Credentials;
import io.okxexporter.simulator.SimulatedUser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of README and of docs/funds.md, chapter by chapter, in a folder that resembles
 * a clone after a build. Each must exit with 0 or start serving, except those in {@link #LEFT_OUT}.
 */
class ReadmeCommandsIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** Prefixes of commands that are not run, and why. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "./mvnw package", "the build that this test is a part of made the jar and the archive",
          "systemctl", "no systemd manages this machine; UnitFileTest has it judge the unit",
          "./mvnw verify", "it would run this test",
          "GRAFANA_PASSWORD=choose-one docker", "there is no Docker; ComposeTest judges the stack",
          "docker", "there is no Docker; ImageIT and ComposeTest use what stands in for it",
          "kubectl", "there is no cluster; KubernetesTest judges the manifests");

  /** The line on standard error that shows that a command serves, by the command's start. */
  private static final Map<Pattern, String> SERVING =
      Map.of(
          Pattern.compile("java -jar (?!.*check)|target/"), "msg=\"serving",
          Pattern.compile("prometheus "), "Server is ready to receive web requests");

  /**
   * The expected text of programs to repeat, since the numbers may not be there yet, as README
   * notes.
   */
  private static final Map<String, String> AWAITED = Map.of("curl", "okx_total_asset_valuation");

  private static final String PATH = System.getenv().getOrDefault("PATH", "");

  @TempDir Path clone;
  private LocalExchange exchange;
  private final Page readme = Page.of("README.md");
  private final Page funds = Page.of("docs/funds.md");
  private final List<Child> serving = new ArrayList<>();

  @BeforeEach
  void build() throws Exception {
    exchange = LocalExchange.named(3);
    for (String folder :
        List.of("target", "pasted", "opt", "etc/systemd/system", "etc/prometheus")) {
      Files.createDirectories(clone.resolve(folder));
    }
    output("cp -r alerts deploy prometheus.yml " + clone);
    for (String property : List.of("okx-exporter.jar", "okx-exporter.archive")) {
      Path built = Path.of(System.getProperty(property, "unset")).toAbsolutePath();
      Files.createSymbolicLink(clone.resolve("target").resolve(built.getFileName()), built);
    }
    Files.copy(Path.of("prometheus.yml"), clone.resolve("etc/prometheus/prometheus.yml"));
  }

  @AfterEach
  void stop() {
    stopServing();
    exchange.close();
  }

  private void stopServing() {
    serving.forEach(Child::close);
    serving.clear();
  }

  @Test
  void the_trial_runs() throws Exception {
    run(readme, "Try it");
  }

  @Test
  void one_key_is_checked_installed_and_watched() throws Exception {
    keys(clone.resolve("pasted"), "", exchange.users().get(0));
    run(readme, "Run it for real");
    assertThat(clone.resolve("opt/okx-exporter/bin/okx-exporter")).isExecutable();
  }

  @Test
  void many_keys_become_a_configuration_that_serves() throws Exception {
    Path folder = Files.createDirectories(clone.resolve("etc/okx-exporter/users"));
    for (SimulatedUser user : exchange.users()) {
      keys(folder, user.name() + "_", user);
    }
    run(funds, "Five hundred users", "Replicas");
    assertThat(folder.resolve("okx.yml")).content().contains("user1", "user2", "user3");
  }

  private static void keys(Path folder, String prefix, SimulatedUser user) throws Exception {
    Credentials key = user.credentials();
    Files.writeString(folder.resolve(prefix + "api_key"), key.apiKey().reveal() + "\n");
    Files.writeString(folder.resolve(prefix + "secret_key"), key.secretKey().reveal() + "\n");
    Files.writeString(folder.resolve(prefix + "passphrase"), key.passphrase().reveal() + "\n");
  }

  @Test
  void no_command_stands_elsewhere_and_none_is_left_out_in_vain() {
    List<String> remaining = new ArrayList<>(all());
    remaining.removeAll(commands(readme, "Try it", "Run it for real"));
    remaining.removeAll(commands(funds, "Five hundred users", "Replicas"));
    assertThat(remaining).allMatch(ReadmeCommandsIT::isLeftOut);
    assertThat(LEFT_OUT.keySet())
        .allSatisfy(start -> assertThat(all()).anyMatch(it -> it.startsWith(start)));
  }

  private List<String> all() {
    return Stream.of(readme, funds).flatMap(page -> commands(page.text()).stream()).toList();
  }

  private static boolean isLeftOut(String command) {
    return LEFT_OUT.keySet().stream().anyMatch(command::startsWith);
  }

  private void run(Page page, String... titles) throws Exception {
    StringBuilder exports = new StringBuilder("set -e -o pipefail; cd '" + clone + "'\n");
    for (String command : commands(page, titles)) {
      if (command.startsWith("export ")) {
        exports.append(adapted(command)).append('\n');
      } else if (!isLeftOut(command)) {
        run(exports.toString(), adapted(command));
      }
    }
  }

  /** The command adapted to this machine, without root, OKX, Maven or a person to paste a key. */
  private String adapted(String command) {
    return command
        .replace("./mvnw compile exec:java -Dexec.args=", "java -jar target/okx-exporter.jar ")
        .replaceAll("^cat >(\\S+/)(\\w+)$", "cat pasted/$2 >$1$2")
        .replaceAll("(?<=[ =>])/(etc|opt)/", clone + "/$1/")
        .replaceAll("(?<=OKX_REGION=|region: )global", exchange.url().toString());
  }

  private void run(String exports, String command) throws Exception {
    String program = command.replaceAll("(?s) .*", "");
    if (List.of("curl", "prometheus", "promtool").contains(program)) {
      Command.program(program);
    }
    Optional<String> served = served(command);
    if (served.isPresent()) {
      serve(exports + "exec " + command, served.get());
    } else if (AWAITED.containsKey(program)) {
      String awaited = String.valueOf(AWAITED.get(program));
      String tolerant = exports + command + " || true";
      serving.get(0).poll(TIMEOUT, () -> output(tolerant), output -> output.contains(awaited));
    } else {
      output(exports + command);
    }
  }

  private static Optional<String> served(String command) {
    return SERVING.entrySet().stream()
        .filter(entry -> entry.getKey().matcher(command).lookingAt())
        .map(Map.Entry::getValue)
        .findAny();
  }

  /** Starts a command that serves until the next one starts, or the chapter ends. */
  private void serve(String script, String line) throws Exception {
    stopServing();
    Child child = bash(script);
    serving.add(child);
    child.awaitLine(line);
  }

  private static String output(String script) throws Exception {
    try (Child child = bash(script)) {
      int exitCode = child.awaitExit();
      String out = child.out();
      assertThat(exitCode).as("%s%n%s%n%s", script, out, child.err()).isZero();
      return out;
    }
  }

  private static Child bash(String script) throws IOException {
    String path = System.getProperty("java.home") + "/bin" + File.pathSeparator + PATH;
    return Child.start(Map.of("PATH", path), List.of("bash", "-c", script));
  }

  private static List<String> commands(Page page, String... titles) {
    return Stream.of(titles).flatMap(title -> commands(page.chapter(title)).stream()).toList();
  }

  /** The commands of a page; a line continued by a backslash belongs to the same command. */
  private static List<String> commands(String markdown) {
    return Pattern.compile("(?s)```sh\n(.*?)```")
        .matcher(markdown)
        .results()
        .flatMap(block -> Stream.of(block.group(1).split("(?<!\\\\)\n")))
        .toList();
  }
}
