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
 * One format, written by the library's writer. The lines of our families are kept, since labels
 * cost most of a scrape and stay: where they do, only numbers are replaced. For any number of
 * threads.
 */
final class TextCache {
  private static final int BUFFER_BYTES = 16 * 1024;

  /** A histogram has several lines for a sample; ours is small. */
  private static final Map<String, MetricFamily> KEPT =
      Arrays.stream(MetricFamily.values())
          .filter(family -> !family.exposedType().equals("histogram"))
          .collect(Collectors.toUnmodifiableMap(it -> it.metadata().getName(), it -> it));

  private final ExpositionFormatWriter writer;
  private volatile Kept kept = new Kept(EscapingScheme.DEFAULT, Map.of());

  /** What was written last. */
  private record Kept(EscapingScheme escaping, Map<MetricFamily, FamilyText> families) {
    Map<MetricFamily, FamilyText> families(EscapingScheme wanted) {
      return escaping == wanted ? families : Map.of();
    }
  }

  TextCache(ExpositionFormatWriter writer) {
    this.writer = writer;
  }

  /** Our families first, then all others. */
  void write(OutputStream out, MetricSnapshots snapshots, EscapingScheme escaping)
      throws IOException {
    Map<Boolean, List<MetricSnapshot>> byKept =
        snapshots.stream()
            .collect(Collectors.partitioningBy(it -> KEPT.containsKey(it.getMetadata().getName())));
    // Compressing each line by itself would cost more than all else.
    OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
    writeKept(buffered, byKept.getOrDefault(true, List.of()), escaping);
    buffered.flush();
    writer.write(out, new MetricSnapshots(byKept.getOrDefault(false, List.of())), escaping);
  }

  private void writeKept(OutputStream out, List<MetricSnapshot> snapshots, EscapingScheme escaping)
      throws IOException {
    Map<MetricFamily, FamilyText> families = new EnumMap<>(MetricFamily.class);
    families.putAll(kept.families(escaping));
    for (MetricSnapshot snapshot : snapshots) {
      MetricFamily family = Objects.requireNonNull(KEPT.get(snapshot.getMetadata().getName()));
      FamilyText lines = lines(snapshot, families.get(family), escaping);
      families.put(family, lines);
      lines.write(out);
    }
    kept = new Kept(escaping, families);
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
