package io.okxexporter.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.ConfigFuzz;
import io.okxexporter.okx.ResponseClassifierFuzz;
import io.okxexporter.web.RequestFuzz;
import io.okxexporter.web.config.WebConfigFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Replays the inputs that fuzzing kept; CONTRIBUTING describes how to fuzz for more. */
class FuzzCorpusTest {
  private static final Path CORPUS = Path.of("src/test/resources/fuzz");

  private interface Target {
    void run(byte[] input) throws Exception;
  }

  private static final Map<String, Target> TARGETS =
      Map.of(
          "okx.ResponseClassifierFuzz", ResponseClassifierFuzz::fuzzerTestOneInput,
          "config.ConfigFuzz", ConfigFuzz::fuzzerTestOneInput,
          "web.config.WebConfigFuzz", WebConfigFuzz::fuzzerTestOneInput,
          "web.RequestFuzz", RequestFuzz::fuzzerTestOneInput);

  @Test
  void every_kept_input_is_taken_as_it_should_be() throws Exception {
    for (Map.Entry<String, Target> target : TARGETS.entrySet()) {
      List<Path> inputs = inputs(CORPUS.resolve(target.getKey()));
      assertThat(inputs).isNotEmpty();
      for (Path input : inputs) {
        target.getValue().run(Files.readAllBytes(input));
      }
    }
  }

  private static List<Path> inputs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
