package io.okxexporter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a scrape brought, in the text format.
 *
 * @param text as it came
 * @param samples value by series, the labels as they were written
 */
public record Metrics(String text, Map<String, Double> samples) {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][\\w:]*(?:\\{(?:\\w+=\"[^\"\\\\]*\",?)*})?) (\\S+)");

  private static final Pattern FAILURE =
      Pattern.compile(
          "okx_api_request_failures_total\\{endpoint=\"/api/v5/asset/asset-valuation\","
              + "reason=\"(\\w+)\".*");

  /** Parses a whole exposition; anything that is not a line of one is an error. */
  public static Metrics parse(String text) {
    if (!text.endsWith("\n")) {
      throw new AssertionError("cut off: ..." + text.substring(Math.max(0, text.length() - 80)));
    }
    Map<String, Double> samples = new LinkedHashMap<>();
    text.lines().filter(line -> !line.startsWith("# ")).forEach(line -> add(samples, line));
    return new Metrics(text, samples);
  }

  private static void add(Map<String, Double> samples, String line) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new AssertionError("no sample: " + line);
    }
    double value = Double.parseDouble(sample.group(2).replace("+Inf", "Infinity"));
    if (samples.put(sample.group(1), value) != null) {
      throw new AssertionError("twice: " + line);
    }
  }

  /** The label sets of one family, each with its braces. */
  Set<String> labelSets(String family) {
    Set<String> labels = new TreeSet<>();
    for (String series : samples.keySet()) {
      if (series.equals(family) || series.startsWith(family + "{")) {
        labels.add(series.substring(family.length()));
      }
    }
    return labels;
  }

  boolean has(String series) {
    return samples.containsKey(series);
  }

  double value(String series) {
    Double value = samples.get(series);
    if (value == null) {
      throw new AssertionError("no " + series + " in:\n" + text);
    }
    return value;
  }

  /** The values of one family. */
  List<Double> values(String family) {
    return labelSets(family).stream().map(labels -> value(family + labels)).toList();
  }

  /** How many requests for valuations failed, by reason; nothing where none did. */
  public Map<String, Long> failures() {
    Map<String, Long> failures = new TreeMap<>();
    samples.forEach(
        (series, value) -> {
          Matcher failure = FAILURE.matcher(series);
          if (failure.matches() && value > 0) {
            failures.merge(failure.group(1), value.longValue(), Long::sum);
          }
        });
    return failures;
  }

  /** All of a family together. */
  double sum(String family) {
    return values(family).stream().mapToDouble(Double::doubleValue).sum();
  }
}
