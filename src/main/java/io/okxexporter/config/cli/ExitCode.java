package io.okxexporter.config.cli;

/** Exit codes of the process; after a signal, 128 plus its number. */
public final class ExitCode {
  public static final int DONE = 0;

  /** It cannot start, or {@code check} found a failure. */
  public static final int FAILED = 1;

  public static final int BAD_USAGE = 2;

  private ExitCode() {}
}
