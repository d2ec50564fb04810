package io.okxexporter.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.okxexporter.fixture.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A lint for mistakes in a Dockerfile that still builds. */
class DockerfileTest {
  private static final List<Instruction> ALL = read();
  private static final List<Instruction> IMAGE = ALL.subList(last("FROM"), ALL.size());

  /** An instruction, with continuation lines joined. */
  private record Instruction(String name, String text) {
    static Instruction of(String line) {
      String[] parts = line.split("\\s+", 2);
      return new Instruction(parts[0], parts[1].strip());
    }

    boolean is(String other) {
      return name.equals(other);
    }
  }

  private static List<Instruction> read() {
    try {
      String text = Files.readString(Path.of("Dockerfile"));
      return Arrays.stream(
              text.replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", "").split("\n+", -1))
          .filter(line -> !line.isBlank())
          .map(Instruction::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int last(String name) {
    return ALL.lastIndexOf(
        ALL.stream().filter(i -> i.is(name)).reduce((first, second) -> second).orElseThrow());
  }

  private static List<String> texts(List<Instruction> instructions, String name) {
    return instructions.stream().filter(i -> i.is(name)).map(Instruction::text).toList();
  }

  @Test
  void every_base_image_is_an_argument_with_a_tag() {
    List<String> bases = texts(ALL, "FROM");
    assertThat(bases).hasSize(2).allMatch(base -> base.matches("\\$\\{\\w+}( AS \\w+)?"));
    for (String base : bases) {
      String argument = base.replaceFirst("\\$\\{(\\w+)}.*", "$1");
      assertThat(texts(ALL, "ARG"))
          .filteredOn(arg -> arg.startsWith(argument + "="))
          .singleElement()
          .asString()
          .matches("\\w+=[\\w.-]+/[\\w./-]+:[\\w.-]+(@sha256:[0-9a-f]{64})?")
          .doesNotEndWith(":latest");
    }
  }

  @Test
  void the_base_of_the_image_is_named_by_its_digest() {
    assertThat(texts(ALL, "ARG"))
        .filteredOn(arg -> arg.startsWith("RUNTIME_IMAGE="))
        .singleElement()
        .asString()
        .contains("@sha256:");
  }

  /** The options of unit, archive and image, whatever the environment says. */
  @Test
  void nothing_can_attach_to_the_process_or_dump_its_memory() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String flags =
        Command.of(java, "@src/assembly/java.options", "-XX:+PrintFlagsFinal", "-version")
            .with(Map.of("JAVA_TOOL_OPTIONS", "-XX:+HeapDumpOnOutOfMemoryError"))
            .run()
            .succeeded();
    assertThat(flags)
        .containsPattern("\\bDisableAttachMechanism += true\\b")
        .containsPattern("\\bHeapDumpOnOutOfMemoryError += false\\b")
        .containsPattern("\\bCreateCoredumpOnCrash += false\\b");
  }

  @Test
  void dependencies_come_before_sources() {
    List<String> build = ALL.stream().map(i -> i.name() + " " + i.text()).toList();
    int pom = build.indexOf("COPY mvnw pom.xml ./");
    int sources = build.indexOf("COPY src/main src/main");
    assertThat(pom).isNotNegative();
    assertThat(build.subList(pom, sources)).anyMatch(line -> line.matches("RUN .*mvnw.*package.*"));
    assertThat(build.subList(sources, build.size()))
        .anyMatch(line -> line.matches("RUN .*mvnw.* -o .*"));
  }

  @Test
  void what_is_copied_is_let_in() throws Exception {
    String ignored = Files.readString(Path.of(".dockerignore"));
    assertThat(ignored).containsPattern("(?m)^\\*$");
    for (String copy : texts(ALL, "COPY")) {
      List<String> words = List.of(copy.split(" ", -1));
      for (String source : words.subList(0, words.size() - 1)) {
        if (!copy.startsWith("--from")) {
          assertThat(Path.of(source)).exists();
          assertThat(ignored.lines().filter(line -> line.startsWith("!")))
              .anyMatch(line -> (source + "/").startsWith(line.substring(1) + "/"));
        }
      }
    }
  }

  @Test
  void it_runs_as_nobody_in_particular() {
    assertThat(texts(IMAGE, "USER")).containsExactly("65532:65532");
    assertThat(texts(IMAGE, "RUN")).isEmpty();
    assertThat(texts(ALL, "ADD")).isEmpty();
  }

  @Test
  void commands_need_no_shell() throws Exception {
    String health = texts(IMAGE, "HEALTHCHECK").get(0).replaceFirst(".*?CMD ", "");
    for (String command : List.of(texts(IMAGE, "ENTRYPOINT").get(0), health)) {
      assertThat(new ObjectMapper().readTree(command).get(0).asText()).startsWith("/opt/");
    }
    assertThat(texts(IMAGE, "CMD")).isEmpty();
  }

  /** LOCPATH is set as well, since the runtime has no locale of its own. */
  @Test
  void its_locale_knows_every_letter() {
    assertThat(texts(IMAGE, "ENV"))
        .containsExactly("LANG=C.UTF-8 LOCPATH=/opt/okx-exporter/locale");
  }

  @Test
  void no_secret_can_stay_in_a_layer() {
    Pattern secret = Pattern.compile("(?i)secret|pass|key|token");
    assertThat(texts(ALL, "ARG")).noneMatch(secret.asPredicate());
    assertThat(texts(ALL, "ENV")).noneMatch(secret.asPredicate());
  }
}
