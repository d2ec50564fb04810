package io.okxexporter;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shape of the code: data goes one way, and only the root sees everything. */
class ArchitectureTest {
  private static final String ROOT = "io.okxexporter";

  /** What each room may see beside itself: without a circle, as anyone can read off. */
  private static final Map<String, List<String>> MAY_SEE =
      Map.ofEntries(
          Map.entry("model", List.of()),
          Map.entry("log", List.of()),
          Map.entry("file", List.of()),
          Map.entry("config", List.of("model", "log", "file")),
          Map.entry("schedule", List.of("model")),
          Map.entry("okx", List.of("model", "file")),
          Map.entry("check", List.of("model")),
          Map.entry("store", List.of("model")),
          Map.entry("metrics", List.of("model", "store")),
          Map.entry("web", List.of("model", "store", "file")),
          Map.entry("simulator", List.of("model")));

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void every_room_sees_only_what_it_may() {
    MAY_SEE.forEach(
        (room, seen) -> {
          String[] hidden =
              MAY_SEE.keySet().stream()
                  .filter(other -> !other.equals(room) && !seen.contains(other))
                  .map(other -> ROOT + "." + other)
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage(ROOT + "." + room)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(hidden)
              .check(CODE);
          noClasses()
              .that()
              .resideInAPackage(ROOT + "." + room)
              .should()
              .dependOnClassesThat(resideInAPackage(ROOT))
              .check(CODE);
        });
  }

  @Test
  void there_is_no_room_without_a_rule() {
    assertThat(
            CODE.stream()
                .map(type -> type.getPackageName())
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1)))
        .isSubsetOf(MAY_SEE.keySet());
  }

  @Test
  void no_field_is_static_and_mutable() {
    fields().that().areStatic().should().beFinal().check(CODE);
  }

  @Test
  void nothing_is_called_util_common_manager_or_helper() {
    noClasses()
        .should()
        .haveNameMatching("(?i).*(util|common|manager|helper)(s)?(\\$.*)?")
        .check(CODE);
  }

  @Test
  void each_library_has_its_room() {
    Map.of(
            "okhttp3..", "okx",
            "org.eclipse.jetty..", "web simulator",
            "picocli..", "config",
            "org.yaml..", "config",
            "com.fasterxml.jackson..", "okx config log simulator check",
            "io.prometheus.metrics.core..", "metrics")
        .forEach(
            (library, rooms) ->
                noClasses()
                    .that()
                    .resideOutsideOfPackages(
                        Arrays.stream(rooms.split(" ", -1))
                            .map(room -> ROOT + "." + room)
                            .toArray(String[]::new))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(library)
                    .check(CODE));
  }

  @Test
  void files_are_touched_where_nobody_waits_for_them_without_end() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".file")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.nio\\.file\\.Files|java\\.io\\.(File|FileInputStream|FileReader|RandomAccessFile)")
        .check(CODE);
  }

  @Test
  void files_stay_short() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".java")))
          .allSatisfy(
              file ->
                  assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThan(260));
    }
  }
}
