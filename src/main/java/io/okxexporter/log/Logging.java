package io.okxexporter.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Says what is logged, how and where. Everything else about logging is SLF4J's API; pairs added
 * with {@code addKeyValue} become fields of the line. Before it is called, logfmt at info goes to
 * standard error.
 */
public final class Logging {
  private Logging() {}

  /**
   * Logs to standard error.
   *
   * @param level the lowest level written; libraries are heard from warn on, at debug from info on;
   *     the web server's at debug alone
   */
  public static void configure(Level level, LogFormat format) {
    // Not System.err, which hides whether a write failed.
    configure(level, format, new FileOutputStream(FileDescriptor.err));
  }

  /**
   * Logs to a stream, in UTF-8, one write and one flush a line. Does nothing where a program that
   * hosts this one has brought SLF4J a provider of its own.
   *
   * @param level the lowest level written; libraries are heard from warn on, at debug from info on;
   *     the web server's at debug alone
   */
  public static void configure(Level level, LogFormat format, OutputStream stream) {
    if (LoggerFactory.getILoggerFactory() instanceof Loggers loggers) {
      loggers.configure(level, new LogOutput(format, stream));
      JulBridge.install(loggers);
    }
  }
}
