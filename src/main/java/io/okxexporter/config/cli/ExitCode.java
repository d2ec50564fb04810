package io.okxexporter.config.cli;

/** Exit codes of the process; after a signal, 128 plus its number. */
public final class ExitCode {
  /** Success. */
  public static final int DONE = 0;

  /**
   * It cannot start, {@code check} found a failure, or {@code --simulate.once} could not scrape.
   */
  public static final int FAILED = 1;

  /** Bad flags or an invalid configuration. */
  public static final int BAD_USAGE = 2;

  private ExitCode() {}
}
