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

/** All loggers, what they let through, and where that goes. */
final class Loggers implements ILoggerFactory {
  /** The web server's library warns of what clients do wrong, who could fill a disk with it. */
  private static final String SERVER = "org.eclipse.jetty.";

  private final ConcurrentMap<String, Logger> byName = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private volatile Settings settings;

  Loggers(InstantSource clock, Level level, LogOutput output) {
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
    return settings.passes(logger, level);
  }

  void write(
      String logger,
      Level level,
      String message,
      List<KeyValuePair> pairs,
      @Nullable Throwable thrown) {
    Settings now = settings;
    LogEntry entry = new LogEntry(clock.instant(), level, logger, message, pairs, thrown);
    now.output().write(entry.fields(level == Level.ERROR || now.verbose()));
  }

  /**
   * The choice of the user.
   *
   * @param level the lowest of our own that is written
   */
  private record Settings(Level level, LogOutput output) {
    boolean verbose() {
      return level.toInt() <= Level.DEBUG.toInt();
    }

    boolean passes(String logger, Level of) {
      if (logger.startsWith(LogEntry.OURS)) {
        return of.toInt() >= level.toInt();
      }
      return of.toInt() >= ofLibraries().toInt() && (verbose() || !logger.startsWith(SERVER));
    }

    /**
     * Libraries chat at info, which is for a debugger alone; what an HTTP library says at debug
     * holds headers and bodies, and so keys and balances: that is never written.
     */
    private Level ofLibraries() {
      if (level == Level.ERROR) {
        return level;
      }
      return verbose() ? Level.INFO : Level.WARN;
    }
  }
}
