package io.okxexporter.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.okxexporter.fixture.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs {@code kubectl kustomize}, if available. */
final class Kustomize {
  private static final Pattern NEW_ENOUGH = Pattern.compile("(?m)^Kustomize Version: v[5-9]");

  private Kustomize() {}

  /**
   * Builds a kustomization. Without a kubectl with kustomize 5, the test is skipped, even if
   * CI=true: Debian 12 only has kubectl 1.20, whose kustomize dates from 2019.
   */
  static String build(Path overlay) throws IOException, InterruptedException {
    assumeTrue(isAvailable(), "there is no kubectl with kustomize 5 on the PATH");
    return run("kubectl", "kustomize", overlay.toString());
  }

  private static boolean isAvailable() throws IOException, InterruptedException {
    return Command.find("kubectl").isPresent()
        && NEW_ENOUGH.matcher(run("kubectl", "version", "--client")).find();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    return Command.of(command).withoutErr().run().succeeded();
  }

  /** Copies everything that the kustomizations read. */
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
