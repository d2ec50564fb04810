package io.okxexporter.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole lines to a stream that may fail. Logging never stops the program: a line that cannot
 * be written is counted, and the next one that can says how many were lost before it.
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

  /** After a loss it starts on a new line, since half of the lost one may be there. */
  private String line(Map<String, @Nullable Object> fields) {
    if (lost == 0) {
      return format.line(fields) + "\n";
    }
    fields.put("lost_lines", lost);
    return "\n" + format.line(fields) + "\n";
  }
}
