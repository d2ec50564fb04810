package io.okxexporter.metrics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One format, written by the library's writer. Of our families all but the numbers is kept: labels
 * cost most of a scrape, and stay. For any number of threads.
 */
final class KeptText {
  /** A histogram has several lines for a sample; ours is small. */
  private static final Map<String, Family> KEPT =
      Arrays.stream(Family.values())
          .filter(family -> !family.exposedType().equals("histogram"))
          .collect(Collectors.toUnmodifiableMap(it -> it.metadata().getName(), it -> it));

  private static final int BUFFER_BYTES = 16 * 1024;

  private final ExpositionFormatWriter writer;

  private volatile Known known = new Known(EscapingScheme.DEFAULT, Map.of());

  /**
   * The text of the labels of one scrape, under the escaping it was for.
   *
   * @param labels by the object, which the collector keeps; no longer changed
   */
  private record Known(EscapingScheme escaping, Map<Labels, byte[]> labels) {
    Map<Labels, byte[]> labels(EscapingScheme wanted) {
      return escaping == wanted ? labels : Map.of();
    }
  }

  KeptText(ExpositionFormatWriter writer) {
    this.writer = writer;
  }

  /** Our families first, then all others. */
  void write(OutputStream out, MetricSnapshots snapshots, EscapingScheme escaping)
      throws IOException {
    Map<Boolean, List<MetricSnapshot>> byKept =
        snapshots.stream()
            .collect(Collectors.partitioningBy(it -> KEPT.containsKey(it.getMetadata().getName())));
    // Compressing each few bytes by themselves would cost more than all else.
    OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
    Scrape scrape = new Scrape(buffered, escaping, known.labels(escaping));
    for (MetricSnapshot snapshot : byKept.getOrDefault(true, List.of())) {
      scrape.write(snapshot);
    }
    buffered.flush();
    if (scrape.foundNew) {
      known = new Known(escaping, scrape.used);
    }
    writer.write(out, new MetricSnapshots(byKept.getOrDefault(false, List.of())), escaping);
  }

  /** Writes our families, and gathers the labels that it meets. */
  private final class Scrape {
    private final OutputStream out;
    private final EscapingScheme escaping;
    private final Map<Labels, byte[]> known;
    private final Map<Labels, byte[]> used;
    private boolean foundNew;

    Scrape(OutputStream out, EscapingScheme escaping, Map<Labels, byte[]> known) {
      this.out = out;
      this.escaping = escaping;
      this.known = known;
      used = new IdentityHashMap<>(known.size());
    }

    void write(MetricSnapshot snapshot) throws IOException {
      List<? extends DataPointSnapshot> samples = snapshot.getDataPoints();
      Lines first = lines(snapshot, samples.get(0), escaping);
      out.write(first.comments());
      for (DataPointSnapshot sample : samples) {
        out.write(first.name());
        out.write(labels(snapshot, sample));
        out.write(number(sample).getBytes(ISO_8859_1));
        out.write('\n');
      }
    }

    private byte[] labels(MetricSnapshot snapshot, DataPointSnapshot sample) throws IOException {
      byte[] text = used.get(sample.getLabels());
      if (text == null) {
        text = known.get(sample.getLabels());
        if (text == null) {
          text = lines(snapshot, sample, escaping).labels();
          foundNew = true;
        }
        used.put(sample.getLabels(), text);
      }
      return text;
    }
  }

  /** As the library writes them; {@code KeptTextTest} compares. */
  private static String number(DataPointSnapshot sample) {
    return sample instanceof InfoDataPointSnapshot ? "1" : Double.toString(Family.value(sample));
  }

  /**
   * The text of a family with one sample.
   *
   * @param labels with the blank behind them
   */
  private record Lines(byte[] comments, byte[] name, byte[] labels) {}

  private Lines lines(MetricSnapshot snapshot, DataPointSnapshot sample, EscapingScheme escaping)
      throws IOException {
    Family family = Objects.requireNonNull(KEPT.get(snapshot.getMetadata().getName()));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    writer.write(written, MetricSnapshots.of(family.snapshot(List.of(sample))), escaping);
    byte[] text = written.toByteArray();
    int start = 0;
    while (text[start] == '#') {
      start = indexOf(text, '\n', start) + 1;
    }
    int end = indexOf(text, '\n', start);
    while (text[end] != ' ') {
      end--;
    }
    int name = Math.min(end, indexOf(text, '{', start));
    return new Lines(
        Arrays.copyOf(text, start),
        Arrays.copyOfRange(text, start, name),
        Arrays.copyOfRange(text, name, end + 1));
  }

  private static int indexOf(byte[] text, char wanted, int from) {
    int at = from;
    while (at < text.length && text[at] != wanted) {
      at++;
    }
    return at;
  }
}
