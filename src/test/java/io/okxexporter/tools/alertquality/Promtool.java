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
 * Has Prometheus itself evaluate a rule file over a recording: {@code promtool test rules}, minute
 * by minute, the alerts' waiting included. What fired is read back through its complaint that
 * nothing was expected to: for a window of minutes, the sum of 2^minute over the minutes at which
 * an alert fired, which is exact in a double.
 */
final class Promtool {
  /** Minutes in a window, of a few alerts: fewer than a double has binary digits. */
  private static final int LONG = 50;

  /** Of more: promtool refuses a query of over 10,000 samples. */
  private static final int SHORT = 10;

  private static final int A_FEW = 5;
  private static final Duration PATIENCE = Duration.ofHours(12);
  private static final Pattern ALERT = Pattern.compile("- alert: ");

  private static final Pattern FAMILY = Pattern.compile("\\b(okx_[a-z_]+|up)\\b");
  private static final Pattern RESULT =
      Pattern.compile("time: ([0-9a-z]+),|\\{([^}]*alertname=[^}]*)} ([-+0-9.E]+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Pattern DURATION = Pattern.compile("(\\d+)([dhm])");

  private final Path rules;
  private final Path folder;
  private final Path kept;
  private final int window;

  /**
   * Evaluates these rules.
   *
   * @param rules the text of a rule file
   * @param folder for what goes to promtool: gigabytes, for a while
   * @param kept where a file for each recording that was evaluated says what fired, so that a long
   *     measurement can be taken up again, and repeated in minutes
   */
  Promtool(String rules, Path folder, Path kept) throws IOException {
    this.folder = folder;
    this.kept = kept;
    this.rules = Files.writeString(folder.resolve("rules.yml"), rules);
    window = ALERT.matcher(rules).results().count() <= A_FEW ? LONG : SHORT;
  }

  /** The families that the rules ask for. */
  Set<String> families() throws IOException {
    return FAMILY
        .matcher(Files.readString(rules))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  /** When which alert fired. What is known of the same rules and the same recording is kept. */
  List<Firing> evaluate(Recording recording) throws IOException, InterruptedException {
    Path histories = Files.createTempFile(folder, "histories-", ".yml");
    try (PrintWriter out =
        new PrintWriter(Files.newBufferedWriter(histories, StandardCharsets.UTF_8))) {
      write(recording, out);
    }
    String name =
        fingerprint(Files.readString(rules)) + "-" + fingerprint(Files.readString(histories));
    Path firings = kept.resolve(name + ".txt");
    if (!Files.exists(firings)) {
      Files.write(
          firings, parse(ask(histories), window).stream().map(Firing::toString).sorted().toList());
    }
    Files.delete(histories);
    return Files.readAllLines(firings).stream().map(Firing::of).toList();
  }

  private static String ask(Path histories) throws IOException, InterruptedException {
    // Less often collected, Go is a fifth faster; and two of them share two cores better than four
    // threads do.
    String said =
        Command.of(Command.program("promtool"), "test", "rules", histories.toString())
            .with(Map.of("GOGC", "400", "GOMAXPROCS", "1"))
            .within(PATIENCE)
            .run()
            .said();
    if (!said.contains("SUCCESS") && !said.contains("exp: nil")) {
      throw new IllegalStateException(said);
    }
    return said;
  }

  /** Of a text: what is kept is known by that of the rules and that of the recording. */
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

  /** In promtool's notation; where a series ends, Prometheus marks it as stale. */
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

  /** How many values in a row are absent, or the same, or times of a minute each. */
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
   * What fired, by what promtool said.
   *
   * @param window how many minutes it was asked about at once
   */
  static List<Firing> parse(String said, int window) {
    if (said.contains(", err: ")) {
      // Of one window among many: it would look like one in which nothing fired.
      throw new IllegalStateException(said);
    }
    Map<Map<String, String>, Firing> firings = new HashMap<>();
    Matcher result = RESULT.matcher(said);
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
