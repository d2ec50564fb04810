package io.okxexporter.config.cli;

import io.okxexporter.config.yaml.Problem;

/** The command line cannot be used; the message is one line that says why. */
public final class UsageException extends Exception {
  UsageException(String message) {
    super(message);
  }

  UsageException(Problem problem) {
    this(problem.toString());
  }
}
