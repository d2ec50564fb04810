package io.okxexporter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The structure of the code: packages in a fixed order, without cycles. */
class ArchitectureTest {
  private static final String ROOT = "io.okxexporter";

  /** Each package may depend only on earlier ones; the root package wires them and may use all. */
  private static final List<String> PACKAGES =
      List.of(
          "model",
          "log",
          "file",
          "health",
          "config.yaml",
          "config",
          "config.cli",
          "okx",
          "poll",
          "diagnosis",
          "ledger",
          "store",
          "simulator",
          "metrics",
          "web.config",
          "web.connector",
          "web.security",
          "web.status",
          "web",
          "check");

  /** Called by Java, by a container's health check and by SLF4J. */
  private static final Set<String> ENTRY_POINTS =
      Set.of(ROOT + ".Main", ROOT + ".health.HealthCheck", ROOT + ".log.LogProvider");

  /**
   * Public because tests of other packages run the exporter over their own transports. The compiler
   * inlines constants, which leaves no reference.
   */
  private static final Set<String> RUN_BY_TESTS =
      Set.of(
          ROOT + ".Exporter",
          ROOT + ".Exporter$Ports",
          ROOT + ".config.cli.ExitCode",
          ROOT + ".okx.Transport$Fault",
          ROOT + ".okx.Transport$Response");

  /**
   * SLF4J calls the first, README documents the second, and tests observe bounds through the
   * others.
   */
  private static final Set<String> NOT_CALLED =
      Set.of(
          ROOT + ".log.LogProvider.<init>()",
          ROOT + ".model.Reason.codes()",
          ROOT + ".web.security.PasswordVerifier.cached()",
          ROOT + ".web.security.PasswordVerifier.waiting()");

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void no_room_sees_a_later_one() {
    for (int i = 0; i < PACKAGES.size(); i++) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + PACKAGES.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              Stream.concat(
                      Stream.of(ROOT),
                      PACKAGES.stream().skip(i + 1).map(later -> ROOT + "." + later))
                  .toArray(String[]::new))
          .check(CODE);
    }
  }

  @Test
  void every_room_has_its_place() {
    assertThat(
            CODE.stream()
                .map(type -> type.getPackageName())
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1)))
        .isSubsetOf(PACKAGES);
  }

  @Test
  void the_root_wires_and_no_room_is_crowded() {
    Map<String, Long> sizes =
        topLevel().collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(sizes.remove(ROOT)).isLessThanOrEqualTo(6);
    assertThat(sizes.values()).allMatch(size -> size <= 36);
  }

  @Test
  void no_simple_name_stands_twice() {
    assertThat(
            CODE.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.isEmpty() && !name.equals("package-info")))
        .doesNotHaveDuplicates();
  }

  private static Stream<JavaClass> topLevel() {
    return CODE.stream()
        .filter(it -> it.isTopLevelClass() && !it.getSimpleName().equals("package-info"));
  }

  @Test
  void contributing_maps_the_rooms_in_their_order() throws IOException {
    String text = Files.readString(Path.of(".github/CONTRIBUTING.md"));
    String map =
        text.substring(text.indexOf("## Map of the code"), text.indexOf("The tests are in"));
    assertThat(named(map)).containsExactlyElementsOf(PACKAGES);
  }

  @Test
  void contributing_names_the_packages_of_tests_alone() throws IOException {
    String text = Files.readString(Path.of(".github/CONTRIBUTING.md"));
    String map =
        text.substring(text.indexOf("The tests are in"), text.indexOf("## Rules of the code"));
    assertThat(named(map)).containsExactlyInAnyOrderElementsOf(testOnlyPackages());
  }

  private static List<String> testOnlyPackages() throws IOException {
    Path root = Path.of("src/test/java/io/okxexporter");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> root.relativize(file.getParent()).toString().replace('/', '.'))
          .filter(name -> !name.isEmpty() && !PACKAGES.contains(name))
          .distinct()
          .toList();
    }
  }

  @Test
  void contributing_sends_to_classes_that_exist() throws IOException {
    String text = Files.readString(Path.of(".github/CONTRIBUTING.md"));
    String table =
        text.substring(text.indexOf("## Where a change goes"), text.indexOf("## Map of the code"));
    List<String> types = topLevel().map(ArchitectureTest::path).toList();
    assertThat(Pattern.compile("`((?:\\w+/)*\\*?[A-Z]\\w+)`").matcher(table).results())
        .extracting(it -> it.group(1))
        .hasSizeGreaterThan(20)
        .allSatisfy(
            name ->
                assertThat(types)
                    .as(name)
                    .anyMatch(type -> type.matches("(.*/)?" + name.replace("*", "\\w+"))));
  }

  /** As a path below the root, such as {@code poll/Pacer}. */
  private static String path(JavaClass type) {
    return type.getName().substring(ROOT.length() + 1).replace('.', '/');
  }

  private static Stream<String> named(String map) {
    return Pattern.compile("(?m)^\\| `([\\w.]+)` \\|")
        .matcher(map)
        .results()
        .map(it -> it.group(1));
  }

  @Test
  void nothing_is_public_without_a_user_outside_its_room() {
    Set<String> used = new HashSet<>(ENTRY_POINTS);
    used.addAll(RUN_BY_TESTS);
    for (JavaClass type : CODE) {
      if (type.getDirectDependenciesToSelf().stream()
          .anyMatch(it -> !it.getOriginClass().getPackageName().equals(type.getPackageName()))) {
        used.add(type.getName());
      }
    }
    // A type in the signature of a used type counts as used, even if no code names it.
    while (used.addAll(inSignaturesOf(used))) {}
    assertThat(CODE.stream().filter(ArchitectureTest::isPublic))
        // The simulated exchange belongs to the tests as much as to the program.
        .filteredOn(it -> !it.getPackageName().equals(ROOT + ".simulator"))
        .extracting(JavaClass::getName)
        .isSubsetOf(used);
  }

  /** Whether the type and all its enclosing types are public. */
  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
  }

  private static Set<String> inSignaturesOf(Set<String> types) {
    return types.stream()
        .filter(CODE::contain)
        .flatMap(name -> CODE.get(name).getMembers().stream())
        .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
        .flatMap(member -> member.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getName)
        .collect(Collectors.toSet());
  }

  @Test
  void nothing_is_there_for_tests_alone() {
    assertThat(CODE.stream().flatMap(type -> type.getCodeUnits().stream()))
        .filteredOn(it -> !it.getModifiers().contains(JavaModifier.PRIVATE))
        .filteredOn(it -> !it.getModifiers().contains(JavaModifier.SYNTHETIC))
        .filteredOn(it -> it.getAccessesToSelf().isEmpty() && !isCalledByJava(it))
        .extracting(JavaCodeUnit::getFullName)
        .containsExactlyInAnyOrderElementsOf(NOT_CALLED);
  }

  /** Whether Java or a library calls the method, directly or through one that it overrides. */
  private static boolean isCalledByJava(JavaCodeUnit unit) {
    JavaClass type = unit.getOwner();
    return unit.getName().matches("main|values|valueOf|<clinit>")
        || (type.isRecord() && type.tryGetField(unit.getName()).isPresent())
        || Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
            .flatMap(above -> above.getMethods().stream())
            .anyMatch(
                it ->
                    it.getName().equals(unit.getName())
                        && it.getParameters().size() == unit.getParameters().size());
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
            "org.eclipse.jetty..", "web.. simulator",
            "picocli..", "config.cli",
            "org.yaml..", "config.yaml",
            "com.fasterxml.jackson..", "okx config.yaml log simulator check",
            "io.prometheus.metrics.core..", "metrics")
        .forEach(
            (library, packages) ->
                noClasses()
                    .that()
                    .resideOutsideOfPackages(
                        Arrays.stream(packages.split(" ", -1))
                            .map(name -> ROOT + "." + name)
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

  /** Benchmarks are exempt, since they are not tests. */
  @Test
  void tests_let_real_time_pass_in_one_place() throws IOException {
    Pattern passing =
        Pattern.compile("\\.(sleep|parkNanos)\\(|CountDownLatch\\(1\\)\\.await\\(\\w");
    try (Stream<Path> files = Files.walk(Path.of("src/test/java/io/okxexporter"))) {
      assertThat(files.filter(Files::isRegularFile))
          .filteredOn(it -> !it.toString().matches(".*(/benchmark/|/Awaiting).*"))
          .allSatisfy(
              it -> assertThat(Files.readString(it)).as(it + "").doesNotContainPattern(passing));
    }
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
