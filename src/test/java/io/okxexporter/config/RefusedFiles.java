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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that have one mistake each (but {@code many.yml}), and beside each the whole report. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RefusedFiles {
  /** Part of every secret in these files. */
  private static final String SECRET = "s3cr3t";

  private final Path folder;

  /**
   * @param resource the folder they are in
   */
  RefusedFiles(String resource) throws URISyntaxException {
    URL url = Objects.requireNonNull(RefusedFiles.class.getResource(resource));
    folder = Path.of(url.toURI());
  }

  abstract void load(Path file) throws ConfigException;

  @ParameterizedTest
  @MethodSource("files")
  void a_bad_file_is_refused_with_exactly_this_report(String name) throws Exception {
    assertThat(report(name) + "\n").isEqualTo(Files.readString(folder.resolve(name + ".txt")));
  }

  @ParameterizedTest
  @MethodSource("files")
  void no_report_shows_a_secret(String name) {
    assertThat(refusal(name)).asString().doesNotContain(SECRET);
    assertThat(refusal(name).problems()).asString().doesNotContain(SECRET);
  }

  @ParameterizedTest
  @MethodSource("files")
  void every_problem_is_one_line(String name) {
    assertThat(report(name).lines()).hasSameSizeAs(refusal(name).problems());
  }

  List<String> files() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yml"))
          .map(name -> name.substring(0, name.length() - ".yml".length()))
          .sorted()
          .toList();
    }
  }

  /** The path of the file is where this machine has it. */
  private String report(String name) {
    return String.valueOf(refusal(name).getMessage())
        .replace(folder.resolve(name + ".yml").toString(), "(the file)");
  }

  private ConfigException refusal(String name) {
    return refusal(folder.resolve(name + ".yml"));
  }

  ConfigException refusal(Path file) {
    return Objects.requireNonNull(catchThrowableOfType(ConfigException.class, () -> load(file)));
  }
}
