package io.okxexporter.config.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; the message is all that is wrong, one problem a line. */
public final class ConfigException extends Exception {
  private final transient List<Problem> problems;

  /**
   * @param problems at least one, in the order of the configuration
   */
  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, in the order of the configuration. */
  public List<Problem> problems() {
    return problems;
  }
}
