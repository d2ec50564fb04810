package io.okxexporter.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a program said on both streams, and how it ended.
 *
 * @param exitCode 0 for success
 * @param said in the order in which it came
 */
record Command(int exitCode, String said) {

  /** Without the program the test is skipped, but fails where CI=true. */
  static void needs(String program, String debianPackage) {
    boolean found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    String missing = program + " is not on the PATH: install Debian's package " + debianPackage;
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as(missing).isTrue();
    }
    assumeTrue(found, missing);
  }

  static Command run(List<String> command) throws IOException, InterruptedException {
    return run(Map.of(), command);
  }

  /**
   * Runs it to its end, a quarter of an hour at most, with variables beside those of this process.
   */
  static Command run(Map<String, String> variables, List<String> command)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("said", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      boolean ended = process.waitFor(15, TimeUnit.MINUTES);
      assertThat(ended).as("%s ended:\n%s", command, Files.readString(said)).isTrue();
      return new Command(process.exitValue(), Files.readString(said));
    } finally {
      process.destroyForcibly();
      Files.delete(said);
    }
  }

  /** What it said, if it went well; else the test fails with it. */
  String succeeded() {
    assertThat(exitCode).as(said).isZero();
    return said;
  }
}
