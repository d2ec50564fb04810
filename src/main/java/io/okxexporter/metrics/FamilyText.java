package io.okxexporter.metrics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of a family of gauges, counters or infos: comments and one line for each sample. */
final class FamilyText {
  private final List<? extends DataPointSnapshot> samples;
  private final byte[] comments;
  private final byte[][] lines;

  private FamilyText(List<? extends DataPointSnapshot> samples, byte[] comments, byte[][] lines) {
    this.samples = samples;
    this.comments = comments;
    this.lines = lines;
  }

  /** Parses the library's text of these samples. */
  static FamilyText read(List<? extends DataPointSnapshot> samples, byte[] text) {
    int start = 0;
    while (text[start] == '#') {
      start = endOfLine(text, start);
    }
    byte[] comments = Arrays.copyOf(text, start);
    byte[][] lines = new byte[samples.size()][];
    for (int i = 0; i < lines.length; i++) {
      int end = endOfLine(text, start);
      lines[i] = Arrays.copyOfRange(text, start, end);
      start = end;
    }
    return new FamilyText(samples, comments, lines);
  }

  private static int endOfLine(byte[] text, int from) {
    int end = from;
    while (text[end] != '\n') {
      end++;
    }
    return end + 1;
  }

  /** The text of newer samples with the same labels; null if the labels differ. */
  @SuppressWarnings("ReferenceEquality") // the same immutable object has not changed
  @Nullable FamilyText with(List<? extends DataPointSnapshot> newer) {
    if (newer.size() != lines.length) {
      return null;
    }
    byte[][] next = new byte[lines.length][];
    for (int i = 0; i < next.length; i++) {
      DataPointSnapshot sample = newer.get(i);
      if (sample.getLabels() != samples.get(i).getLabels()) {
        return null;
      }
      next[i] = sample == samples.get(i) ? lines[i] : line(lines[i], sample);
    }
    return new FamilyText(newer, comments, next);
  }

  /** The line with the sample's number. */
  private static byte[] line(byte[] line, DataPointSnapshot sample) {
    byte[] number = number(sample).getBytes(ISO_8859_1);
    int at = line.length;
    while (line[at - 1] != ' ') {
      at--;
    }
    byte[] next = Arrays.copyOf(line, at + number.length + 1);
    System.arraycopy(number, 0, next, at, number.length);
    next[next.length - 1] = '\n';
    return next;
  }

  /** The number as the library writes it. */
  private static String number(DataPointSnapshot sample) {
    return sample instanceof InfoDataPointSnapshot ? "1" : Double.toString(Snapshots.value(sample));
  }

  void write(OutputStream out) throws IOException {
    out.write(comments);
    for (byte[] line : lines) {
      out.write(line);
    }
  }
}
