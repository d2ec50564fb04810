package io.okxexporter.config.cli;

import io.okxexporter.config.yaml.Problem;

/** Thrown for an invalid command line; the message gives the reason in one line. */
public final class UsageException extends Exception {
  UsageException(String message) {
    super(message);
  }

  UsageException(Problem problem) {
    this(problem.toString());
  }
}
