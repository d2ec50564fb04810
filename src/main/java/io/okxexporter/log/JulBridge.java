package io.okxexporter.log;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Forwards what OkHttp, client_java and the JDK log through java.util.logging. That framework's
 * reset at shutdown removes the bridge, so only the libraries' last lines are lost, not ours.
 */
final class JulBridge extends Handler {
  private final LoggerRegistry loggers;
  private final SimpleFormatter text = new SimpleFormatter();

  private JulBridge(LoggerRegistry loggers) {
    this.loggers = loggers;
  }

  /** Replaces all root handlers, so that nothing is written twice or in another format. */
  static void install(LoggerRegistry loggers) {
    Logger root = LogManager.getLogManager().getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new JulBridge(loggers));
    root.setLevel(lowestLevel(loggers));
  }

  @Override
  public void publish(@Nullable LogRecord entry) {
    if (entry == null) {
      return;
    }
    String name = String.valueOf(entry.getLoggerName());
    Level level = level(entry.getLevel());
    if (loggers.isEnabled(name, level)) {
      String message = String.valueOf(text.formatMessage(entry));
      loggers.write(name, level, message, List.of(), entry.getThrown());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  /** The lowest level in use, so that libraries do not create records that are dropped. */
  private static java.util.logging.Level lowestLevel(LoggerRegistry loggers) {
    return loggers.isEnabled("", Level.INFO)
        ? java.util.logging.Level.INFO
        : java.util.logging.Level.WARNING;
  }

  private static Level level(java.util.logging.Level level) {
    if (level.intValue() >= java.util.logging.Level.SEVERE.intValue()) {
      return Level.ERROR;
    }
    if (level.intValue() >= java.util.logging.Level.WARNING.intValue()) {
      return Level.WARN;
    }
    return level.intValue() >= java.util.logging.Level.INFO.intValue() ? Level.INFO : Level.DEBUG;
  }
}
