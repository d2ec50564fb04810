package io.okxexporter.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release archive, unpacked and started as a user would. */
class ArchiveIT {
  private static final Path ARCHIVE = Path.of(System.getProperty("okx-exporter.archive", "unset"));
  private static final String JAVA_HOME = System.getProperty("java.home");

  /** A line such as {@code (Apache-2.0) (EPL-2.0) Core (org.example:core:1.0 - https://…)}. */
  private static final Pattern LIBRARY = Pattern.compile("(?m)^ +(\\(.*\\)) .* \\((\\S+) - .*\\)$");

  @TempDir Path temp;
  private Path home;

  @BeforeEach
  void unpack() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("a folder with a space"));
    Command.of("tar", "-xzf", ARCHIVE.toString(), "-C", folder.toString()).run().succeeded();
    try (Stream<Path> unpacked = Files.list(folder)) {
      home = unpacked.collect(Collectors.collectingAndThen(Collectors.toList(), ArchiveIT::only));
    }
  }

  private static Path only(List<Path> paths) {
    assertThat(paths).hasSize(1);
    return paths.get(0);
  }

  @Test
  void it_holds_all_that_is_needed() {
    String name = ARCHIVE.getFileName().toString();
    assertThat(name).isEqualTo(home.getFileName() + ".tar.gz");
    assertThat(
            Stream.of(
                "bin/okx-exporter",
                "lib/okx-exporter.jar",
                "lib/java.options",
                "deploy/okx.example.yml",
                "deploy/systemd/okx-exporter.service",
                "alerts/okx.rules.yml",
                "alerts/okx.floors.yml",
                "alerts/alertmanager/alertmanager.yml",
                "grafana-dashboards/okx-asset-valuation.json",
                "grafana-dashboards/okx-exporter.json",
                "prometheus.yml",
                "README.md",
                "LICENSE",
                "licenses/THIRD-PARTY.txt"))
        .allSatisfy(file -> assertThat(home.resolve(file)).isNotEmptyFile());
    assertThat(home.resolve("bin/okx-exporter")).isExecutable();
  }

  @Test
  void a_library_with_another_licence_than_ours_brings_its_text() throws IOException {
    assertThat(home.resolve("LICENSE")).content().contains("Apache License", "Version 2.0");
    assertThat(libraries())
        .anyMatch(library -> library.group(2).startsWith("org.slf4j:slf4j-api:"))
        .filteredOn(library -> !library.group(1).contains("(Apache-2.0)"))
        .allSatisfy(
            library -> {
              Path texts = home.resolve("licenses").resolve(library.group(2).split(":", -1)[1]);
              assertThat(texts.resolve("META-INF/LICENSE.txt")).isNotEmptyFile();
            });
  }

  @Test
  void the_bill_of_materials_names_the_same_libraries() throws IOException {
    String build = System.getProperty("okx-exporter.build", "unset");
    assumeFalse(build.equals("offline=true"), "an offline build makes none");
    JsonNode sbom = new ObjectMapper().readTree(home.resolve("okx-exporter.cdx.json").toFile());
    assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
    Set<String> named =
        sbom.path("components")
            .valueStream()
            .map(c -> c.path("group").asText() + ":" + c.path("name").asText() + ":" + version(c))
            .collect(Collectors.toSet());
    assertThat(libraries().stream().map(library -> library.group(2)))
        .containsExactlyInAnyOrderElementsOf(named);
  }

  private static String version(JsonNode component) {
    return component.path("version").asText();
  }

  private List<MatchResult> libraries() throws IOException {
    String text = Files.readString(home.resolve("licenses/THIRD-PARTY.txt"));
    List<MatchResult> libraries = LIBRARY.matcher(text).results().toList();
    assertThat(text).contains("Lists of " + libraries.size() + " third-party dependencies.");
    return libraries;
  }

  /** StartBenchmark measures how much faster this is. */
  @Test
  void it_starts_through_a_link_and_with_what_prepare_made_and_also_if_that_does_not_fit()
      throws Exception {
    Path moved = Files.move(home, temp.resolve("okx-exporter"));
    Path link = Files.createSymbolicLink(temp.resolve("linked"), moved.resolve("bin/okx-exporter"));
    prepare(link).succeeded();
    Path archive = moved.resolve("lib/okx-exporter.jsa").toRealPath();
    String used = "-XX:SharedArchiveFile=" + archive;
    assertThat(classesFrom(archive)).contains("io.okxexporter.Main");
    assertServes(link, arguments -> assertThat(arguments).contains(used));

    Files.setLastModifiedTime(moved.resolve("lib/okx-exporter.jar"), FileTime.from(Instant.EPOCH));
    assertServes(link, arguments -> assertThat(arguments).contains(used));
    Files.writeString(archive, "no class in here");
    assertServes(link, arguments -> assertThat(arguments).contains(used));
    Files.delete(archive);
    assertServes(link, arguments -> assertThat(arguments).doesNotContain(used));
  }

  private static Command.Ended prepare(Path launcher) throws Exception {
    return Command.of(launcher.toString(), "prepare").with(Map.of("JAVA_HOME", JAVA_HOME)).run();
  }

  /** Asserts that it serves as a single process, without Java warnings. */
  private static void assertServes(Path launcher, Consumer<String[]> arguments) throws Exception {
    try (Serving serving = start(launcher)) {
      assertThat(serving.metricsWith("okx_up 1.0")).contains("okx_exporter_simulated 1.0");
      arguments.accept(arguments(serving.child()));
      assertThat(ProcessHandle.of(serving.child().pid()).orElseThrow().children()).isEmpty();
      assertThat(serving.child().err()).doesNotContain("[warning]", "[error", "Prepared");
      assertThat(serving.child().terminate()).isEqualTo(143);
    }
  }

  /** Some Java versions cannot archive the classes of a jar in such a folder. */
  @Test
  void in_a_folder_with_a_space_it_starts_and_prepare_works_or_says_why_not() throws Exception {
    Path launcher = home.resolve("bin/okx-exporter");
    Command.Ended prepared = prepare(launcher);
    try (Stream<Path> lib = Files.list(home.resolve("lib"))) {
      assertThat(lib).hasSize(prepared.exitCode() == 0 ? 4 : 2);
    }
    if (prepared.exitCode() != 0) {
      assertThat(prepared.said()).contains("some versions cannot if its path holds a blank");
    }
    assertServes(launcher, arguments -> assertThat(arguments).contains("--simulate"));
  }

  private static String[] arguments(Child child) {
    return ProcessHandle.of(child.pid()).orElseThrow().info().arguments().orElseThrow();
  }

  /** The classes a run loaded from this archive; no other archive has the exporter's classes. */
  private static String classesFrom(Path archive) throws Exception {
    List<String> command =
        List.of(
            JAVA_HOME + "/bin/java",
            "@" + archive.resolveSibling("java.options"),
            "-XX:SharedArchiveFile=" + archive,
            "-Xlog:class+load:stdout",
            "-jar",
            archive.toString().replaceFirst("jsa$", "jar"),
            "--version");
    return Command.of(command)
        .run()
        .succeeded()
        .lines()
        .filter(line -> line.endsWith("source: shared objects file (top)"))
        .collect(Collectors.joining("\n"));
  }

  private static Serving start(Path launcher) throws Exception {
    return Serving.start(
        environment(JAVA_HOME),
        List.of(launcher.toString(), "--simulate", "--web.listen-address=127.0.0.1:0"));
  }

  private static Map<String, String> environment(String javaHome) {
    return Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", javaHome);
  }

  @Test
  void without_a_java_that_will_do_it_says_what_to_install() throws Exception {
    assertRefused(temp.resolve("nowhere"), "no Java: install Java 17 or newer");
    Path old = temp.resolve("old/bin/java");
    Files.createDirectories(old.getParent());
    Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertRefused(temp.resolve("old"), "is too old, expected Java 17 or newer");
  }

  private void assertRefused(Path javaHome, String message) throws Exception {
    List<String> command = List.of(home.resolve("bin/okx-exporter").toString(), "--version");
    try (Child refused = Child.start(environment(javaHome.toString()), command)) {
      assertThat(refused.awaitExit()).isEqualTo(1);
      assertThat(refused.err()).startsWith("okx-exporter: ").contains(message);
    }
  }
}
