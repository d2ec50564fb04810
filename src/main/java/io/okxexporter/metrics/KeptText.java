package io.okxexporter.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One format, written by the library's writer, and the text of our families kept: at the next
 * scrape the writer is given only the samples that have changed. For any number of threads.
 */
final class KeptText {
  /** A histogram has several lines for a sample; ours is small. */
  private static final Map<String, Family> KEPT =
      Arrays.stream(Family.values())
          .filter(family -> !family.exposedType().equals("histogram"))
          .collect(Collectors.toUnmodifiableMap(it -> it.metadata().getName(), it -> it));

  private final ExpositionFormatWriter writer;
  private volatile Kept kept = new Kept(EscapingScheme.DEFAULT, Map.of());

  /** What was written last. */
  private record Kept(EscapingScheme escaping, Map<Family, FamilyText> families) {
    Map<Family, FamilyText> families(EscapingScheme wanted) {
      return escaping == wanted ? families : Map.of();
    }
  }

  /** A family, and which of its samples are to be written anew. */
  private record Change(
      Family family,
      FamilyText before,
      List<? extends DataPointSnapshot> now,
      List<DataPointSnapshot> changed) {
    MetricSnapshot snapshot() {
      return family.snapshot(changed);
    }

    /** What was written of them. */
    FamilyText delta(byte[] written, int from) {
      return changed.isEmpty() ? FamilyText.NONE : FamilyText.read(changed, written, from);
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
    writeKept(out, byKept.getOrDefault(true, List.of()), escaping);
    writer.write(out, new MetricSnapshots(byKept.getOrDefault(false, List.of())), escaping);
  }

  private void writeKept(OutputStream out, List<MetricSnapshot> snapshots, EscapingScheme escaping)
      throws IOException {
    Map<Family, FamilyText> families = new EnumMap<>(Family.class);
    families.putAll(kept.families(escaping));
    List<Change> changes = snapshots.stream().map(it -> change(it, families)).toList();
    byte[] written = written(changes, escaping);
    int at = 0;
    for (Change change : changes) {
      FamilyText delta = change.delta(written, at);
      at += delta.length();
      FamilyText text = change.before().merge(change.now(), delta);
      families.put(change.family(), text);
      text.write(out);
    }
    kept = new Kept(escaping, families);
  }

  private static Change change(MetricSnapshot snapshot, Map<Family, FamilyText> families) {
    Family family = Objects.requireNonNull(KEPT.get(snapshot.getMetadata().getName()));
    FamilyText before = families.getOrDefault(family, FamilyText.NONE);
    List<? extends DataPointSnapshot> now = snapshot.getDataPoints();
    return new Change(family, before, now, before.changed(now));
  }

  private byte[] written(List<Change> changes, EscapingScheme escaping) throws IOException {
    List<MetricSnapshot> snapshots =
        changes.stream()
            .filter(change -> !change.changed().isEmpty())
            .map(Change::snapshot)
            .toList();
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    writer.write(written, new MetricSnapshots(snapshots), escaping);
    return written.toByteArray();
  }
}
