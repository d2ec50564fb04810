package io.okxexporter.log;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/** The factory of all loggers, with their levels and their output. */
final class LoggerRegistry implements ILoggerFactory {
  /** The web server's library warns of clients' mistakes, with which they could fill a disk. */
  private static final String SERVER = "org.eclipse.jetty.";

  private final ConcurrentMap<String, Logger> byName = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private volatile Settings settings;

  LoggerRegistry(InstantSource clock, Level level, LogOutput output) {
    this.clock = clock;
    this.settings = new Settings(level, output);
  }

  void configure(Level level, LogOutput output) {
    settings = new Settings(level, output);
  }

  @Override
  public Logger getLogger(String name) {
    return byName.computeIfAbsent(name, n -> new NamedLogger(n, this));
  }

  boolean isEnabled(String logger, Level level) {
    return settings.isEnabled(logger, level);
  }

  void write(
      String logger,
      Level level,
      String message,
      List<KeyValuePair> pairs,
      @Nullable Throwable thrown) {
    Settings current = settings;
    LogEntry entry = new LogEntry(clock.instant(), level, logger, message, pairs, thrown);
    current.output().write(entry.fields(level == Level.ERROR || current.verbose()));
  }

  /**
   * The configured level and output.
   *
   * @param level the lowest level of our loggers that is written
   */
  private record Settings(Level level, LogOutput output) {
    boolean verbose() {
      return level.toInt() <= Level.DEBUG.toInt();
    }

    boolean isEnabled(String logger, Level requested) {
      if (logger.startsWith(LogEntry.OURS)) {
        return requested.toInt() >= level.toInt();
      }
      return requested.toInt() >= libraryLevel().toInt()
          && (verbose() || !logger.startsWith(SERVER));
    }

    /**
     * The lowest level of libraries. Their info level is only of use for debugging. Their debug
     * level is never written, as an HTTP library logs headers and bodies there, and so keys and
     * balances.
     */
    private Level libraryLevel() {
      if (level == Level.ERROR) {
        return level;
      }
      return verbose() ? Level.INFO : Level.WARN;
    }
  }
}
