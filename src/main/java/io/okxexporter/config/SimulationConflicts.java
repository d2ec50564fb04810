package io.okxexporter.config;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.config.yaml.Problems;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must not be configured with {@code --simulate}. */
public final class SimulationConflicts {
  private SimulationConflicts() {}

  /**
   * Rejects a configuration file or real keys alongside a simulation: they never mix with play
   * money.
   *
   * @throws ConfigException naming the flag and variables in conflict
   */
  public static void rejectAny(@Nullable Path file, Map<String, String> env)
      throws ConfigException {
    Problems problems = new Problems();
    if (file != null) {
      problems.add(Problems.FIRST, conflictsWithSimulation("--config.file"));
    }
    new Environment(env)
        .secrets()
        .forEach(name -> problems.add(Problems.FIRST, conflictsWithSimulation(name)));
    problems.throwIfAny();
  }

  private static Problem conflictsWithSimulation(String key) {
    String expected = "expected to be unset with --simulate: real keys and play money never mix";
    return new Problem(key, null, expected);
  }
}
