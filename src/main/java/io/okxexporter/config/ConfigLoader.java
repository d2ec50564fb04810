package io.okxexporter.config;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.config.yaml.Problems;
import io.okxexporter.model.Shard;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loads the configuration: a file, or else the environment, never a mix of both. */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * Which replica this is, where there is no configuration to load.
   *
   * @param flag null where it is not given
   * @throws ConfigException if the environment says something else, or nonsense
   */
  public static Shard shard(@Nullable Shard flag, Map<String, String> env) throws ConfigException {
    Problems problems = new Problems();
    Shard shard = ShardReader.read(flag, env, problems);
    problems.throwIfAny();
    return shard;
  }

  /**
   * Refuses to simulate beside real keys: they never mix with play money.
   *
   * @throws ConfigException which flag or which variables are in the way
   */
  public static void refuseMixedSimulation(@Nullable Path file, Map<String, String> env)
      throws ConfigException {
    Problems problems = new Problems();
    if (file != null) {
      problems.add(Problems.FIRST, besideSimulation("--config.file"));
    }
    new Environment(env)
        .secrets()
        .forEach(name -> problems.add(Problems.FIRST, besideSimulation(name)));
    problems.throwIfAny();
  }

  private static Problem besideSimulation(String key) {
    String expected = "expected to be unset with --simulate: real keys and play money never mix";
    return new Problem(key, null, expected);
  }
}
