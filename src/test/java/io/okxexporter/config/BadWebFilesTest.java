package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every web configuration has one mistake (but {@code many.yml}), and beside it the report. */
class BadWebFilesTest {
  /** Part of every secret in these files. */
  private static final String SECRET = "s3cr3t";

  @ParameterizedTest
  @MethodSource("files")
  void a_bad_web_configuration_is_refused_with_exactly_this_report(String name) throws Exception {
    assertThat(report(name) + "\n").isEqualTo(Files.readString(folder().resolve(name + ".txt")));
  }

  @ParameterizedTest
  @MethodSource("files")
  void no_report_shows_a_secret(String name) throws Exception {
    assertThat(refusal(name)).asString().doesNotContain(SECRET);
    assertThat(refusal(name).problems()).asString().doesNotContain(SECRET);
  }

  @ParameterizedTest
  @MethodSource("files")
  void every_problem_is_one_line(String name) throws Exception {
    assertThat(report(name).lines()).hasSameSizeAs(refusal(name).problems());
  }

  @Test
  void a_web_configuration_that_does_not_exist_is_refused() {
    assertThat(refusal(Path.of("nowhere", "web.yml")))
        .hasMessage(
            "--web.config.file: \"nowhere/web.yml\": expected a readable file, but there is none");
  }

  static List<String> files() throws Exception {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yml"))
          .map(name -> name.substring(0, name.length() - ".yml".length()))
          .sorted()
          .toList();
    }
  }

  private static Path folder() throws URISyntaxException {
    URL folder = Objects.requireNonNull(BadWebFilesTest.class.getResource("web/bad"));
    return Path.of(folder.toURI());
  }

  /** The path of the file is where this machine has it. */
  private static String report(String name) throws URISyntaxException {
    return String.valueOf(refusal(name).getMessage())
        .replace(folder().resolve(name + ".yml").toString(), "(the file)");
  }

  private static ConfigException refusal(String name) throws URISyntaxException {
    return refusal(folder().resolve(name + ".yml"));
  }

  private static ConfigException refusal(Path file) {
    PemReader pems = PemReader.opening(WebConfigLoader.folder(file));
    return Objects.requireNonNull(
        catchThrowableOfType(
            ConfigException.class, () -> WebConfigLoader.load(file, pems, Javas.JAVA_17)));
  }
}
