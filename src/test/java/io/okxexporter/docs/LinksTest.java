package io.okxexporter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
  @ParameterizedTest
  @MethodSource("io.okxexporter.docs.Page#all")
  void every_link_within_the_project_leads_to_a_file_and_to_a_heading_of_it(String name)
      throws IOException {
    Path page = Path.of(name);
    for (MatchResult link : links(Files.readString(page))) {
      Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
      assertThat(target).exists();
      if (link.group(2) != null) {
        assertThat(new Outline(target, Files.readString(target)).anchors()).contains(link.group(2));
      }
    }
  }

  /** The pom sets Maven's own property from {@code main.class}, so setting it has no effect. */
  @ParameterizedTest
  @ValueSource(strings = {"docs/alert-quality.md", ".github/CONTRIBUTING.md"})
  void every_class_that_a_command_starts_has_a_main_method(String name) throws Exception {
    List<MatchResult> started =
        Pattern.compile("-D(\\S*lass)=(io\\.okxexporter\\.[\\w.]+)")
            .matcher(Files.readString(Path.of(name)))
            .results()
            .toList();
    assertThat(started).isNotEmpty();
    for (MatchResult each : started) {
      assertThat(each.group(1)).isEqualTo("main.class");
      assertThat(Class.forName(each.group(2))).hasDeclaredMethods("main");
    }
  }

  @Test
  void every_benchmark_that_a_command_starts_has_a_main_method() throws Exception {
    List<MatchResult> started =
        Pattern.compile("-Dbenchmark=(\\w+)")
            .matcher(Files.readString(Path.of("docs/BENCHMARKS.md")))
            .results()
            .toList();
    assertThat(started).isNotEmpty();
    for (MatchResult each : started) {
      String name = "io.okxexporter.tools.benchmark." + each.group(1) + "Benchmark";
      assertThat(Class.forName(name)).hasDeclaredMethods("main");
    }
  }

  /** Relative links, each with a path, an anchor, or both. */
  private static List<MatchResult> links(String text) {
    return Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]+))?\\)")
        .matcher(text)
        .results()
        .toList();
  }
}
