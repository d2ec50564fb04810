package io.okxexporter.check;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;

/** Shows progress on a terminal, if there is one. */
final class TerminalProgress implements Progress {
  private static final int COLUMNS = 78;

  private final PrintStream err;
  private final boolean interactive;

  /**
   * @param interactive whether standard output is a terminal
   */
  TerminalProgress(PrintStream err, boolean interactive) {
    this.err = err;
    this.interactive = interactive;
  }

  /** Whether standard input and output are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // isTerminal below is the newer check
  static boolean isInteractive() {
    Console console = System.console();
    return console != null && isTerminal(console);
  }

  /** From Java 22 on, a console may not be a terminal, and has a method to check. */
  private static boolean isTerminal(Console console) {
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Whether the environment allows colours (no-color.org). */
  static boolean allowsColour(Map<String, String> env) {
    return env.getOrDefault("NO_COLOR", "").isEmpty();
  }

  @Override
  public void doing(String what) {
    if (interactive) {
      String line = what.replaceAll("\\p{C}", "?");
      err.print("\r\u001b[K" + line.substring(0, Math.min(COLUMNS, line.length())));
      err.flush();
    }
  }

  @Override
  public void announce(String what) {
    clear();
    err.println(what.replaceAll("\\p{C}", "?"));
  }

  @Override
  public void clear() {
    if (interactive) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
