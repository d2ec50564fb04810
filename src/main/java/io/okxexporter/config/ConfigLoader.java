package io.okxexporter.config;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.config.yaml.Problems;
import io.okxexporter.model.Shard;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the flags and the environment of a simulation, which loads no configuration. */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * Returns the shard of this replica where no configuration is loaded.
   *
   * @param flag null where it is not given
   * @throws ConfigException if the variable is set as well, or invalid
   */
  public static Shard shard(@Nullable Shard flag, Map<String, String> env) throws ConfigException {
    Problems problems = new Problems();
    Shard shard = ShardReader.read(flag, env, problems);
    problems.throwIfAny();
    return shard;
  }

  /**
   * Rejects a configuration file or real keys alongside a simulation: they never mix with play
   * money.
   *
   * @throws ConfigException naming the flag and variables in conflict
   */
  public static void refuseMixedSimulation(@Nullable Path file, Map<String, String> env)
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
