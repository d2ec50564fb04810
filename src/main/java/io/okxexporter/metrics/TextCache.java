package io.okxexporter.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes one text format with the library's writer and caches the lines of our families. Labels
 * take most of a scrape's time but seldom change; while they do not, only numbers are replaced.
 * Thread-safe.
 */
final class TextCache {
  private static final int BUFFER_BYTES = 16 * 1024;

  /** Excludes histograms: they have several lines per sample, and the only one is small. */
  private static final Map<String, MetricFamily> CACHED =
      Arrays.stream(MetricFamily.values())
          .filter(family -> !family.exposedType().equals("histogram"))
          .collect(Collectors.toUnmodifiableMap(it -> it.metadata().getName(), it -> it));

  private final ExpositionFormatWriter writer;
  private volatile Cached cached = new Cached(EscapingScheme.DEFAULT, Map.of());

  /** The text written last. */
  private record Cached(EscapingScheme escaping, Map<MetricFamily, FamilyText> families) {
    Map<MetricFamily, FamilyText> families(EscapingScheme requested) {
      return escaping == requested ? families : Map.of();
    }
  }

  TextCache(ExpositionFormatWriter writer) {
    this.writer = writer;
  }

  /** Writes our families first, then all others. */
  void write(OutputStream out, MetricSnapshots snapshots, EscapingScheme escaping)
      throws IOException {
    Map<Boolean, List<MetricSnapshot>> byCached =
        snapshots.stream()
            .collect(
                Collectors.partitioningBy(it -> CACHED.containsKey(it.getMetadata().getName())));
    // Compressing each line separately would cost more than everything else.
    OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
    writeCached(buffered, byCached.getOrDefault(true, List.of()), escaping);
    buffered.flush();
    writer.write(out, new MetricSnapshots(byCached.getOrDefault(false, List.of())), escaping);
  }

  private void writeCached(
      OutputStream out, List<MetricSnapshot> snapshots, EscapingScheme escaping)
      throws IOException {
    Map<MetricFamily, FamilyText> families = new EnumMap<>(MetricFamily.class);
    families.putAll(cached.families(escaping));
    for (MetricSnapshot snapshot : snapshots) {
      MetricFamily family = Objects.requireNonNull(CACHED.get(snapshot.getMetadata().getName()));
      FamilyText lines = lines(snapshot, families.get(family), escaping);
      families.put(family, lines);
      lines.write(out);
    }
    cached = new Cached(escaping, families);
  }

  private FamilyText lines(
      MetricSnapshot snapshot, @Nullable FamilyText before, EscapingScheme escaping)
      throws IOException {
    FamilyText next = before == null ? null : before.with(snapshot.getDataPoints());
    if (next != null) {
      return next;
    }
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    writer.write(written, MetricSnapshots.of(snapshot), escaping);
    return FamilyText.read(snapshot.getDataPoints(), written.toByteArray());
  }
}
