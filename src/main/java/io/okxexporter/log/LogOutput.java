package io.okxexporter.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes log lines to a stream that may fail. Logging never stops the program: lines that cannot be
 * written are counted, and the next line written reports how many were lost. Thread-safe.
 */
final class LogOutput {
  private final LogFormat format;
  private final OutputStream stream;
  private long lost;

  LogOutput(LogFormat format, OutputStream stream) {
    this.format = format;
    this.stream = stream;
  }

  synchronized void write(Map<String, @Nullable Object> fields) {
    try {
      stream.write(line(fields).getBytes(UTF_8));
      stream.flush();
      lost = 0;
    } catch (IOException | RuntimeException e) {
      lost++;
    }
  }

  /** Begins with a line break after a loss, as part of the lost line may have been written. */
  private String line(Map<String, @Nullable Object> fields) {
    if (lost == 0) {
      return format.line(fields) + "\n";
    }
    fields.put("lost_lines", lost);
    return "\n" + format.line(fields) + "\n";
  }
}
