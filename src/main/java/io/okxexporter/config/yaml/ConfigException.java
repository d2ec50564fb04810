package io.okxexporter.config.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown for an unusable configuration; the message lists every problem, one per line. */
public final class ConfigException extends Exception {
  private final transient List<Problem> problems;

  /**
   * @param problems at least one, in the order of the configuration
   */
  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Returns every problem, in the order of the configuration. */
  public List<Problem> problems() {
    return problems;
  }
}
