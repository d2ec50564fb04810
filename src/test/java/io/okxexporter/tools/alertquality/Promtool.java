package io.okxexporter.tools.alertquality;

import io.okxexporter.fixture.Command;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * Has {@code promtool test rules} evaluate a rule file over a recording, minute by minute,
 * including the alerts' {@code for}. Firings are parsed from its report of unexpected results: for
 * each window, the sum of 2^minute over the minutes at which an alert fired, which is exact in a
 * double.
 */
final class Promtool {
  /** The minutes of a window for few alerts: fewer than the binary digits of a double. */
  private static final int LONG_WINDOW = 50;

  /** The window for more alerts: promtool rejects a query of over 10,000 samples. */
  private static final int SHORT_WINDOW = 10;

  private static final int FEW_ALERTS = 5;
  private static final Duration TIMEOUT = Duration.ofHours(12);
  private static final Pattern ALERT = Pattern.compile("- alert: ");

  private static final Pattern FAMILY = Pattern.compile("\\b(okx_[a-z_]+|up)\\b");
  private static final Pattern RESULT =
      Pattern.compile("time: ([0-9a-z]+),|\\{([^}]*alertname=[^}]*)} ([-+0-9.E]+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Pattern DURATION = Pattern.compile("(\\d+)([dhm])");

  private final Path rules;
  private final Path folder;
  private final Path cache;
  private final int window;

  /**
   * Evaluates these rules.
   *
   * @param rules the text of a rule file
   * @param folder holds promtool's input, temporarily gigabytes
   * @param cache holds the firings of each recording, so that a long measurement can be resumed,
   *     and repeated in minutes
   */
  Promtool(String rules, Path folder, Path cache) throws IOException {
    this.folder = folder;
    this.cache = cache;
    this.rules = Files.writeString(folder.resolve("rules.yml"), rules);
    window = ALERT.matcher(rules).results().count() <= FEW_ALERTS ? LONG_WINDOW : SHORT_WINDOW;
  }

  /** The families used in the rules. */
  Set<String> families() throws IOException {
    return FAMILY
        .matcher(Files.readString(rules))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  /** Evaluates the rules, or reads the cached firings of the same rules and recording. */
  List<Firing> evaluate(Recording recording) throws IOException, InterruptedException {
    Path histories = Files.createTempFile(folder, "histories-", ".yml");
    try (PrintWriter out =
        new PrintWriter(Files.newBufferedWriter(histories, StandardCharsets.UTF_8))) {
      write(recording, out);
    }
    String name =
        fingerprint(Files.readString(rules)) + "-" + fingerprint(Files.readString(histories));
    Path firings = cache.resolve(name + ".txt");
    if (!Files.exists(firings)) {
      Files.write(
          firings,
          parse(runPromtool(histories), window).stream().map(Firing::toString).sorted().toList());
    }
    Files.delete(histories);
    return Files.readAllLines(firings).stream().map(Firing::of).toList();
  }

  private static String runPromtool(Path histories) throws IOException, InterruptedException {
    // Less frequent garbage collection makes Go a fifth faster, and two single-threaded processes
    // use two cores better than four threads.
    String output =
        Command.of(Command.program("promtool"), "test", "rules", histories.toString())
            .with(Map.of("GOGC", "400", "GOMAXPROCS", "1"))
            .within(TIMEOUT)
            .run()
            .said();
    if (!output.contains("SUCCESS") && !output.contains("exp: nil")) {
      throw new IllegalStateException(output);
    }
    return output;
  }

  /** A checksum; a cache file is named by those of the rules and of the recording. */
  static String fingerprint(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", sum.getValue());
  }

  private void write(Recording recording, PrintWriter out) {
    out.println("rule_files: [" + rules.getFileName() + "]");
    out.println("evaluation_interval: 1m\ntests:\n- interval: 1m\n  input_series:");
    recording.read(
        (family, series, values) -> {
          out.println("  - series: '" + series + "'");
          out.println("    values: '" + values(values) + "'");
        });
    out.println("  promql_expr_test:");
    for (int first = 0; first < recording.minutes(); first += window) {
      int last = Math.min(first + window, recording.minutes()) - 1;
      out.printf("  - eval_time: %dm%n", last);
      out.printf(
          "    expr: 'sum_over_time((ALERTS{alertstate=\"firing\"} * 2 ^ (time() / 60 -"
              + " %d))[%dm:1m])'%n",
          first, last - first);
    }
  }

  /** The values in promtool's notation; Prometheus marks the end of a series as stale. */
  static String values(double[] values) {
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < values.length) {
      int length = run(values, i);
      boolean absent = Double.isNaN(values[i]);
      if (absent && i > 0) {
        text.append("stale ");
        i++;
        length--;
      }
      if (length > 0) {
        text.append(absent ? "_" : number(values[i]) + step(values, i, length));
        text.append(absent ? "x" + length : length > 1 ? "x" + (length - 1) : "").append(' ');
        i += length;
      }
    }
    return text.toString().strip();
  }

  private static String step(double[] values, int i, int length) {
    return length == 1 ? "" : "+" + number(values[i + 1] - values[i]);
  }

  /** The length of a run of values: absent, equal, or increasing by 60 s. */
  private static int run(double[] values, int first) {
    int i = first + 1;
    double step = i < values.length ? values[i] - values[first] : 1;
    boolean absent = Double.isNaN(values[first]);
    if (!absent && step != 0 && step != 60) {
      return 1;
    }
    while (i < values.length
        && (absent ? Double.isNaN(values[i]) : values[i] - values[i - 1] == step)) {
      i++;
    }
    return i - first;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  /**
   * Parses the firings from promtool's output.
   *
   * @param window the minutes per evaluated window
   */
  static List<Firing> parse(String output, int window) {
    if (output.contains(", err: ")) {
      // The error of one window would look like a window without firings.
      throw new IllegalStateException(output);
    }
    Map<Map<String, String>, Firing> firings = new HashMap<>();
    Matcher result = RESULT.matcher(output);
    int first = 0;
    while (result.find()) {
      if (result.group(1) != null) {
        first = minutes(result.group(1)) / window * window;
      } else {
        firings
            .computeIfAbsent(labels(result.group(2)), Firing::new)
            .add(first, (long) Double.parseDouble(result.group(3)));
      }
    }
    return List.copyOf(firings.values());
  }

  private static Map<String, String> labels(String text) {
    return LABEL
        .matcher(text)
        .results()
        .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2)));
  }

  private static int minutes(String duration) {
    return DURATION
        .matcher(duration)
        .results()
        .mapToInt(
            part ->
                Integer.parseInt(part.group(1))
                    * switch (part.group(2)) {
                      case "d" -> 1440;
                      case "h" -> 60;
                      default -> 1;
                    })
        .sum();
  }
}
