package io.okxexporter.check;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;

/** Whether somebody watches, and what they are shown meanwhile. */
final class TerminalProgress implements Progress {
  private static final int COLUMNS = 78;

  private final PrintStream err;
  private final boolean watched;

  /**
   * @param watched whether standard output is a terminal
   */
  TerminalProgress(PrintStream err, boolean watched) {
    this.err = err;
    this.watched = watched;
  }

  /** Whether standard input and output are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // the newer way to ask is below
  static boolean isThere() {
    Console console = System.console();
    return console != null && isTerminal(console);
  }

  /** From Java 22 on there may be a console that is no terminal, and a method that tells. */
  private static boolean isTerminal(Console console) {
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Whether it wants colours (no-color.org). */
  static boolean likesColour(Map<String, String> env) {
    return env.getOrDefault("NO_COLOR", "").isEmpty();
  }

  @Override
  public void doing(String what) {
    if (watched) {
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
    if (watched) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
