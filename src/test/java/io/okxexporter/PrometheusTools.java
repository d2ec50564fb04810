package io.okxexporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs of Debian's packages prometheus and prometheus-alertmanager. */
public final class PrometheusTools {
  private PrometheusTools() {}

  /** Where the program is; without it the test is skipped, but fails where CI=true. */
  public static String program(String name) {
    List<Path> found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .toList();
    String missing =
        name
            + " is not on the PATH: install Debian's package prometheus"
            + (name.equals("amtool") ? "-alertmanager" : "");
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as(missing).isNotEmpty();
    }
    assumeTrue(!found.isEmpty(), missing);
    return found.get(0).toString();
  }

  /** Demands that promtool accepts the metrics without a word. */
  static void check(Metrics metrics, Path folder) throws IOException, InterruptedException {
    Path input = Files.writeString(folder.resolve("metrics.txt"), metrics.text());
    Process promtool =
        new ProcessBuilder(program("promtool"), "check", "metrics")
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said).isEmpty();
    assertThat(promtool.exitValue()).isZero();
  }
}
