package io.okxexporter.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code kubectl kustomize}, where there is one. */
final class Kustomize {
  private static final Pattern NEW_ENOUGH = Pattern.compile("(?m)^Kustomize Version: v[5-9]");

  private Kustomize() {}

  /**
   * What a kustomization makes. Where there is no kubectl with kustomize 5, the test is skipped,
   * also where CI=true: Debian 12 has but kubectl 1.20, whose kustomize is of 2019.
   */
  static String build(Path overlay) throws IOException, InterruptedException {
    assumeTrue(isThere(), "there is no kubectl with kustomize 5 on the PATH");
    return run("kubectl", "kustomize", overlay.toString());
  }

  private static boolean isThere() throws IOException, InterruptedException {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "kubectl")))
        && NEW_ENOUGH.matcher(run("kubectl", "version", "--client")).find();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return out;
  }

  /** A copy of all that the kustomizations read. */
  static Path copy(Path to) throws IOException {
    for (String each : List.of("deploy/kubernetes", "grafana-dashboards")) {
      try (Stream<Path> files = Files.walk(Path.of(each))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.createDirectories(to.resolve(file).resolveSibling(""));
          Files.copy(file, to.resolve(file));
        }
      }
    }
    return to;
  }
}
