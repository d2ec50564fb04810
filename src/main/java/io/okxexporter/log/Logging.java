package io.okxexporter.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Configures the log's level, format and output. Log statements use SLF4J's API; pairs added with
 * {@code addKeyValue} become fields of the line. Until configured, it logs to standard error in
 * logfmt at level info.
 */
public final class Logging {
  private Logging() {}

  /**
   * Logs to standard error.
   *
   * @param level the lowest level written; libraries log from warn on, only errors at error, and
   *     from info on at debug; the web server's library logs at debug only
   */
  public static void configure(Level level, LogFormat format) {
    // Not System.err, which hides whether a write failed.
    configure(level, format, new FileOutputStream(FileDescriptor.err));
  }

  /**
   * Logs to a stream in UTF-8, with one write and one flush per line. Does nothing if the host
   * program has its own SLF4J provider.
   *
   * @param level the lowest level written; libraries log from warn on, only errors at error, and
   *     from info on at debug; the web server's library logs at debug only
   */
  public static void configure(Level level, LogFormat format, OutputStream stream) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerRegistry loggers) {
      loggers.configure(level, new LogOutput(format, stream));
      JulBridge.install(loggers);
    }
  }
}
