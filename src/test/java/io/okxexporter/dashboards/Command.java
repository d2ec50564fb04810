package io.okxexporter.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a program said and how it ended.
 *
 * @param exit its exit code
 * @param said on both of its outputs
 */
public record Command(int exit, String said) {
  /** Runs it to its end, in that folder. */
  public static Command run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Command(process.waitFor(), said);
  }

  /** Demands that it went well. */
  public Command succeeded() {
    assertThat(exit).as(said).isZero();
    return this;
  }
}
