package io.okxexporter.metrics;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The text of a family of gauges, counters or infos: comments, and then a line for each sample;
 * immutable. The samples are sorted by their labels, as the library sorts them.
 */
final class FamilyText {
  /** Nothing written yet. */
  static final FamilyText NONE = new FamilyText(List.of(), new byte[0], new byte[0], new int[0]);

  private final List<? extends DataPointSnapshot> samples;
  private final byte[] comments;
  private final byte[] lines;
  private final int[] ends;

  private FamilyText(
      List<? extends DataPointSnapshot> samples, byte[] comments, byte[] lines, int[] ends) {
    this.samples = samples;
    this.comments = comments;
    this.lines = lines;
    this.ends = ends;
  }

  /** What the writer made of these samples; other families' text may follow it. */
  static FamilyText read(List<? extends DataPointSnapshot> samples, byte[] text, int from) {
    int start = from;
    while (text[start] == '#') {
      start = endOfLine(text, start);
    }
    int[] ends = new int[samples.size()];
    int end = start;
    for (int i = 0; i < ends.length; i++) {
      end = endOfLine(text, end);
      ends[i] = end - start;
    }
    return new FamilyText(
        samples, Arrays.copyOfRange(text, from, start), Arrays.copyOfRange(text, start, end), ends);
  }

  private static int endOfLine(byte[] text, int from) {
    int end = from;
    while (text[end] != '\n') {
      end++;
    }
    return end + 1;
  }

  int length() {
    return comments.length + lines.length;
  }

  void write(OutputStream out) throws IOException {
    out.write(comments);
    out.write(lines);
  }

  /** Those of newer samples that are not in this text, or with another value. */
  List<DataPointSnapshot> changed(List<? extends DataPointSnapshot> newer) {
    if (newer == samples) {
      return List.of();
    }
    List<DataPointSnapshot> changed = new ArrayList<>();
    int old = 0;
    for (DataPointSnapshot sample : newer) {
      old = place(sample, old);
      if (old == samples.size() || !same(samples.get(old), sample)) {
        changed.add(sample);
      }
    }
    return changed;
  }

  /**
   * The text of the newer samples, from lines of this one and of the other.
   *
   * @param written the text of those that changed
   */
  FamilyText merge(List<? extends DataPointSnapshot> newer, FamilyText written) {
    if (written.samples.size() == newer.size()) {
      return written.of(newer);
    }
    if (written.samples.isEmpty() && samples.size() == newer.size()) {
      return of(newer);
    }
    byte[] merged = new byte[lines.length + written.lines.length];
    int[] mergedEnds = new int[newer.size()];
    int end = 0;
    int old = 0;
    int next = 0;
    for (int i = 0; i < mergedEnds.length; i++) {
      if (next < written.samples.size() && written.samples.get(next) == newer.get(i)) {
        end = written.copyLine(next++, merged, end);
      } else {
        old = place(newer.get(i), old);
        end = copyLine(old, merged, end);
      }
      mergedEnds[i] = end;
    }
    return new FamilyText(newer, comments, Arrays.copyOf(merged, end), mergedEnds);
  }

  /** The same text, of samples that are as these; their list is known the next time. */
  private FamilyText of(List<? extends DataPointSnapshot> newer) {
    return new FamilyText(newer, comments, lines, ends);
  }

  /** Where in the other text it then ends. */
  private int copyLine(int line, byte[] to, int at) {
    int start = line == 0 ? 0 : ends[line - 1];
    System.arraycopy(lines, start, to, at, ends[line] - start);
    return at + ends[line] - start;
  }

  /** Where a sample of these labels is, or would be, at this place or further on. */
  private int place(DataPointSnapshot sample, int from) {
    int at = from;
    while (at < samples.size() && isBefore(samples.get(at), sample)) {
      at++;
    }
    return at;
  }

  private static boolean isBefore(DataPointSnapshot one, DataPointSnapshot other) {
    return !one.getLabels().equals(other.getLabels())
        && one.getLabels().compareTo(other.getLabels()) < 0;
  }

  private static boolean same(DataPointSnapshot one, DataPointSnapshot other) {
    return one.getLabels().equals(other.getLabels())
        && Double.compare(Family.value(one), Family.value(other)) == 0;
  }
}
