package io.okxexporter.tools.alertquality;

import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The series that a Prometheus scraping once a minute would store, by family and labels. */
final class Recording {
  private final int minutes;
  private final Set<String> families;
  private final Map<String, Map<Labels, double[]>> series = new LinkedHashMap<>();

  /**
   * @param families the families to store
   */
  Recording(int minutes, Set<String> families) {
    this.minutes = minutes;
    this.families = families;
  }

  int minutes() {
    return minutes;
  }

  void add(String family, Labels labels, int minute, double value) {
    if (families.contains(family)) {
      series.computeIfAbsent(family, any -> new LinkedHashMap<>())
              .computeIfAbsent(labels, any -> absent())[minute] =
          value;
    }
  }

  private double[] absent() {
    double[] values = new double[minutes];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /** The series of a family that have at least these labels. */
  Map<Labels, double[]> series(String family, Labels wanted) {
    return series.getOrDefault(family, Map.of()).entrySet().stream()
        .filter(each -> wanted.stream().allMatch(label -> has(each.getKey(), label)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean has(Labels labels, Label wanted) {
    return wanted.getValue().equals(labels.get(wanted.getName()));
  }

  interface Reader {
    void read(String family, String series, double[] values);
  }

  /** Passes every series to the reader, family by family; NaN means no sample. */
  void read(Reader reader) {
    series.forEach(
        (family, all) ->
            all.forEach((labels, values) -> reader.read(family, family + text(labels), values)));
  }

  private static String text(Labels labels) {
    return StreamSupport.stream(labels.spliterator(), false)
        .map(Recording::text)
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String text(Label label) {
    return label.getName() + "=\"" + label.getValue() + "\"";
  }
}
