package io.okxexporter.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher with a fake Java that only records how it was started. */
class LauncherTest {
  private static final String JAVA_17 = "17.0.15+6-Debian-1deb12u1";
  private static final String JAVA_25 = "25.0.1+8-LTS";
  private static final int NOBODY_UID = 65534;

  @TempDir Path temp;
  private Path home;
  private Path java;

  @BeforeEach
  void install() throws IOException {
    install("okx-exporter");
    java = Files.createDirectories(temp.resolve("java/bin"));
    Path program = java.resolve("java");
    Files.copy(Path.of("src/test/container/recording-java"), program);
    mode(program, "rwxr-xr-x");
    mode(temp, "rwxr-xr-x");
    fakeVersion(JAVA_17);
    fakeClassSource("shared objects file (top)");
  }

  /** Sets where the fake Java reports to load classes from. */
  private void fakeClassSource(String source) throws IOException {
    Files.writeString(java.resolve("loaded"), "io.okxexporter.Main source: " + source + "\n");
  }

  private void install(String folder) throws IOException {
    home = Files.createDirectories(temp.resolve(folder));
    Path bin = Files.createDirectories(home.resolve("bin"));
    Path lib = Files.createDirectories(home.resolve("lib"));
    Files.copy(Path.of("src/assembly/okx-exporter"), bin.resolve("okx-exporter"));
    mode(bin.resolve("okx-exporter"), "rwxr-xr-x");
    Files.writeString(lib.resolve("okx-exporter.jar"), "a jar");
    Files.writeString(lib.resolve("java.options"), "-XX:+UseSerialGC\n");
    Stream.of(home, bin, lib).forEach(each -> mode(each, "rwxr-xr-x"));
  }

  /** Sets the version that {@code java -version} prints. */
  private void fakeVersion(String build) throws IOException {
    Files.writeString(
        java.resolve("version"),
        """
        Picked up JAVA_TOOL_OPTIONS: -Dversion=1
        openjdk version "%s" 2025-04-15
        OpenJDK Runtime Environment (build %s)
        OpenJDK 64-Bit Server VM (build %s, mixed mode, sharing)
        """
            .formatted(build.replaceAll("[+].*", ""), build, build));
  }

  private static void mode(Path file, String mode) {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path lib(String file) {
    return home.resolve("lib").resolve(file);
  }

  private Path archive() {
    return lib("okx-exporter.jsa");
  }

  /** Starts the launcher, which must succeed without errors, and returns its output. */
  private String launch(String... args) throws Exception {
    return run(Map.of(), List.of(), args);
  }

  private String run(Map<String, String> variables, List<String> before, String... args)
      throws Exception {
    try (Child child = start(variables, before, args)) {
      int exitCode = child.awaitExit();
      assertThat(child.err()).isEmpty();
      assertThat(exitCode).isZero();
      return child.out();
    }
  }

  private Child start(Map<String, String> variables, List<String> before, String... args)
      throws IOException {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("PATH", System.getenv("PATH"));
    environment.put("JAVA_HOME", temp.resolve("java").toString());
    List<String> command = new ArrayList<>(before);
    command.add(home.resolve("bin/okx-exporter").toString());
    command.addAll(List.of(args));
    return Child.start(environment, command);
  }

  private void assertRefused(List<String> before, String message, String... args) throws Exception {
    try (Child child = start(Map.of(), before, args)) {
      assertThat(child.awaitExit()).isEqualTo(1);
      assertThat(child.err()).startsWith("okx-exporter: ").contains(message);
    }
  }

  private static List<String> withUmask(String umask) {
    return List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh");
  }

  private static List<String> asNobody() {
    return List.of("setpriv", "--reuid=" + NOBODY_UID, "--regid=" + NOBODY_UID, "--clear-groups");
  }

  private static void assumeRoot() throws Exception {
    assumeTrue(Files.getOwner(Path.of("/proc/self")).getName().equals("root"), "not root");
    Command.program("setpriv");
  }

  private static void giveToNobody(Path file) throws IOException {
    Files.setAttribute(file, "unix:uid", NOBODY_UID);
  }

  private List<String> arguments() throws IOException {
    return Files.readAllLines(java.resolve("arguments"));
  }

  private List<String> environment() throws IOException {
    return Files.readAllLines(java.resolve("environment"));
  }

  private void assertUsesArchive(boolean used) throws Exception {
    launch();
    String option = "-XX:SharedArchiveFile=" + archive();
    assertThat(arguments().contains(option)).isEqualTo(used);
  }

  /** All files except those recorded by the fake Java, with attributes that reveal any change. */
  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(temp)) {
      return all.filter(file -> !file.startsWith(java)).map(LauncherTest::described).toList();
    }
  }

  private static String described(Path file) {
    try {
      return file
          + " "
          + Files.getLastModifiedTime(file)
          + " "
          + Files.getPosixFilePermissions(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void it_hands_on_every_argument_as_it_is() throws Exception {
    launch("--config.file=a b", "", "check");
    assertThat(arguments())
        .containsExactly(
            "@" + lib("java.options"),
            "-jar",
            lib("okx-exporter.jar").toString(),
            "--config.file=a b",
            "",
            "check");
  }

  @ParameterizedTest
  @ValueSource(strings = {"okx-exporter", "a folder with a blank"})
  void it_writes_deletes_and_takes_nothing_wherever_it_might(String folder) throws Exception {
    install(folder + "/unpacked");
    Path shared = Files.createDirectories(temp.resolve("shared/okx-exporter"));
    mode(shared, "rwxrwxrwx");
    for (String name :
        List.of("okx-exporter-users.yml", "okx-exporter-1-2.jsa", "okx-exporter-1-2.jar")) {
      for (Path place : List.of(shared, home.resolve("lib"))) {
        Path foreign = Files.writeString(place.resolve(name), "of somebody else");
        Files.setLastModifiedTime(foreign, FileTime.from(Instant.EPOCH));
      }
    }
    Map<String, String> variables =
        Map.of(
            "HOME", shared.toString(),
            "XDG_CACHE_HOME", temp.resolve("shared").toString(),
            "CACHE_DIRECTORY", shared.toString());
    List<String> before = files();
    run(variables, withUmask("000"));
    assertThat(files()).isEqualTo(before);
    assertThat(arguments())
        .containsExactly("@" + lib("java.options"), "-jar", lib("okx-exporter.jar").toString());
    assertStartedOnceAndAlone();
  }

  /**
   * Asserts that Java was started once: the launcher's shell replaced itself and left no process.
   */
  private void assertStartedOnceAndAlone() throws IOException {
    assertThat(Files.readAllLines(java.resolve("starts"))).containsExactly("start");
  }

  @Test
  void it_makes_no_folder_where_a_cache_could_be() throws Exception {
    install("a folder with a blank");
    Map<String, String> variables =
        Map.of("HOME", temp.toString(), "XDG_CACHE_HOME", temp.resolve("shared").toString());
    List<String> before = files();
    run(variables, withUmask("000"));
    run(Map.of("HOME", temp.toString()), withUmask("000"));
    assertThat(files()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"000", "022", "077"})
  void prepare_makes_an_archive_that_all_may_read_and_none_may_write(String umask)
      throws Exception {
    assertThat(run(Map.of(), withUmask(umask), "prepare"))
        .isEqualTo(
            "Prepared the classes for a faster start on Java %s: %s%n"
                .formatted(JAVA_17, archive()));
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      assertThat(files)
          .containsExactlyInAnyOrder(
              lib("java.options"),
              lib("okx-exporter.jar"),
              archive(),
              lib("okx-exporter.jsa.java"));
    }
    for (Path made : List.of(archive(), lib("okx-exporter.jsa.java"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rw-r--r--");
    }
    assertUsesArchive(true);
  }

  @Test
  void prepare_learns_with_play_money_and_without_the_environment() throws Exception {
    run(
        Map.of("OKX_API_KEY", "planted-key", "JDK_JAVA_OPTIONS", "-Dplanted"),
        List.of(),
        "prepare");
    assertThat(Files.readAllLines(java.resolve("learning")))
        .contains("--simulate", "--simulate.once", "--web.listen-address=127.0.0.1:0")
        .noneMatch(line -> line.contains("lanted"));
  }

  @Test
  void it_uses_the_archive_only_on_the_java_that_made_it() throws Exception {
    launch("prepare");
    fakeVersion(JAVA_25);
    assertUsesArchive(false);
    launch("prepare");
    assertUsesArchive(true);
    Files.delete(lib("okx-exporter.jsa.java"));
    assertUsesArchive(false);
  }

  @ParameterizedTest
  @CsvSource({
    "lib,rwxrwxr-x",
    "lib,rwxr-xrwx",
    "lib/okx-exporter.jsa,rw-rw-r--",
    "lib/okx-exporter.jsa,rw-r--rw-",
  })
  void it_does_not_use_an_archive_that_others_may_write(String file, String mode) throws Exception {
    launch("prepare");
    mode(home.resolve(file), mode);
    assertUsesArchive(false);
  }

  /** A sticky folder prevents others from deleting files, but not from creating them. */
  @Test
  void a_sticky_folder_does_not_help() throws Exception {
    launch("prepare");
    Command.of("chmod", "1777", lib("").toString()).run().succeeded();
    assertUsesArchive(false);
  }

  @Test
  void it_does_not_follow_a_link_to_an_archive() throws Exception {
    launch("prepare");
    Path elsewhere = temp.resolve("elsewhere.jsa");
    Files.move(archive(), elsewhere);
    Files.createSymbolicLink(archive(), elsewhere);
    assertUsesArchive(false);
  }

  @Test
  void it_uses_what_belongs_to_root_but_not_what_belongs_to_another_user() throws Exception {
    assumeRoot();
    launch("prepare");
    mode(java, "rwxrwxrwx");
    Files.delete(java.resolve("arguments"));
    Files.delete(java.resolve("environment"));
    Files.delete(java.resolve("starts"));
    run(Map.of(), asNobody());
    assertThat(arguments()).contains("-XX:SharedArchiveFile=" + archive());

    giveToNobody(archive());
    assertUsesArchive(false);
    giveToNobody(home.resolve("lib"));
    run(Map.of(), asNobody());
    assertThat(arguments()).contains("-XX:SharedArchiveFile=" + archive());
    Files.setAttribute(archive(), "unix:uid", 0);
    assertUsesArchive(false);
  }

  @Test
  void prepare_says_where_it_may_not_write() throws Exception {
    assumeRoot();
    assertPrepareRefused(asNobody(), home.resolve("lib") + " is not writable");
    giveToNobody(home.resolve("lib"));
    assertPrepareRefused(List.of(), "must be root or you");
  }

  @Test
  void prepare_wants_a_folder_that_only_its_owner_may_write() throws Exception {
    mode(home.resolve("lib"), "rwxrwxr-x");
    assertPrepareRefused(List.of(), "must be writable for its owner alone");
  }

  /** Asserts that prepare fails and changes nothing. */
  private void assertPrepareRefused(List<String> as, String message) throws Exception {
    List<String> before = files();
    assertRefused(as, "prepare: ", "prepare");
    assertRefused(as, message, "prepare");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void prepare_says_what_java_says_if_that_fails_and_keeps_the_former_archive() throws Exception {
    launch("prepare");
    Files.writeString(archive(), "the former one");
    Files.writeString(java.resolve("fails"), "1");
    assertRefused(List.of(), "prepare: Java failed: out of everything", "prepare");
    Files.writeString(java.resolve("fails"), "0");
    assertRefused(List.of(), "prepare: Java made no archive", "prepare");
    Files.delete(java.resolve("fails"));
    fakeClassSource("file:" + lib("okx-exporter.jar"));
    assertRefused(List.of(), "keeps no classes of " + lib("okx-exporter.jar"), "prepare");
    assertThat(archive()).hasContent("the former one");
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      assertThat(files).hasSize(4);
    }
  }

  @Test
  void prepare_takes_no_flags() throws Exception {
    assertRefused(List.of(), "prepare: expected no flags", "prepare", "--simulate");
    assertThat(java.resolve("starts")).doesNotExist();
  }

  /** An empty variable counts as unset. */
  @ParameterizedTest
  @CsvSource({
    ",,,C.UTF-8",
    "C,,,C.UTF-8",
    "POSIX,,,C.UTF-8",
    "C,,de_DE.UTF-8,C.UTF-8",
    ",C,de_DE.UTF-8,C.UTF-8",
    ",,C,C.UTF-8",
    ",,de_DE.UTF-8,de_DE.UTF-8",
    ",de_DE.UTF-8,C,de_DE.UTF-8",
    "de_DE.UTF-8,C,C,de_DE.UTF-8",
    ",,de_DE.ISO-8859-1,de_DE.ISO-8859-1",
  })
  void it_sets_a_locale_that_knows_every_letter_where_there_is_none(
      @Nullable String all, @Nullable String ctype, @Nullable String lang, String effective)
      throws Exception {
    Map<String, String> variables = new HashMap<>();
    put(variables, "LC_ALL", all);
    put(variables, "LC_CTYPE", ctype);
    put(variables, "LANG", lang);
    run(variables, List.of());
    assertThat(locale()).isEqualTo(effective);
  }

  private static void put(Map<String, String> variables, String name, @Nullable String value) {
    variables.put(name, value == null ? "" : value);
  }

  /** The locale that the C library would choose. */
  private String locale() throws IOException {
    List<String> variables = environment();
    return Stream.of("LC_ALL=", "LC_CTYPE=", "LANG=")
        .flatMap(name -> variables.stream().filter(v -> v.startsWith(name) && !v.equals(name)))
        .findFirst()
        .map(variable -> variable.replaceFirst(".*=", ""))
        .orElse("C");
  }
}
