package io.okxexporter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okxexporter.log.LogFormat;
import io.okxexporter.log.Logging;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.slf4j.event.Level;

/** The log of this JVM while it is open, every level of it. */
public final class CapturedLog implements AutoCloseable {
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  /** Takes the log over. */
  public CapturedLog() {
    this(Level.TRACE);
  }

  /** Takes the log over from that level on. */
  public CapturedLog(Level level) {
    Logging.configure(level, LogFormat.LOGFMT, stream);
  }

  /** All that was written, in logfmt. */
  public String text() {
    return stream.toString(UTF_8);
  }

  /** The levels of the lines of one component, in order. */
  public List<String> levels(String component) {
    return text()
        .lines()
        .filter(line -> line.contains(" component=" + component + " "))
        .map(line -> line.replaceFirst(".* level=(\\w+) .*", "$1"))
        .toList();
  }

  /** Gives the log back to standard error. */
  @Override
  public void close() {
    Logging.configure(Level.INFO, LogFormat.LOGFMT, System.err);
  }
}
