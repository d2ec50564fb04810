package io.okxexporter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okxexporter.fixture.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line of {@code faults.tsv}: a fault and its visible effects.
 *
 * @param name a description for people
 * @param script how to cause it, in the steps of {@link FaultScript} or {@code ProcessFaultsIT}
 * @param reason the reason label it is shown with; {@code ok} if it is not a failure
 * @param shows further expected samples; a leading ! means absent
 * @param log the expected log text, {@code -} for none
 * @param recovery the longest time until recovery after the fault ends
 */
public record Fault(
    String name, String script, String reason, List<String> shows, String log, Duration recovery) {
  /** The number of explanatory lines at the start of the file. */
  public static final int EXPLANATION = 2;

  private static final String OK = "ok";
  private static final Pattern SHOWN = Pattern.compile("(?<= ) *(?=!?[a-z]+_)");

  /** All faults, in order. */
  public static Stream<Fault> all() {
    return lines().filter(line -> !line.startsWith("#")).map(Fault::parse);
  }

  /** The lines of the file; those that begin with # are headings. */
  public static Stream<String> lines() {
    try (InputStream in = Fault.class.getResourceAsStream("faults.tsv")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Fault parse(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != 6) {
      throw new IllegalArgumentException("not six cells: " + line);
    }
    List<String> shows =
        cells[3].equals("-")
            ? List.of()
            : Arrays.stream(SHOWN.split(cells[3])).map(String::strip).toList();
    Duration recovery = Duration.ofSeconds(Long.parseLong(cells[5].replace(" s", "")));
    return new Fault(cells[0], cells[1], cells[2], shows, cells[4], recovery);
  }

  /** Whether the response counts as a success, only an unusual one. */
  public boolean isFine() {
    return reason.equals(OK);
  }

  /** Whether the metrics contain the expected samples. */
  public boolean isShown(Metrics metrics) {
    return shows.stream().allMatch(sample -> isShown(metrics, sample));
  }

  private static boolean isShown(Metrics metrics, String sample) {
    if (sample.startsWith("!")) {
      return !metrics.has(sample.substring(1));
    }
    String[] parts = sample.split(" ", -1);
    return metrics.has(parts[0]) && metrics.value(parts[0]) == Double.parseDouble(parts[1]);
  }

  /** Whether some responses succeed while the fault lasts. */
  boolean comesAndGoes() {
    return !isFine() && FaultScript.of(script).does("good");
  }

  /** Whether it affects the process rather than a request. */
  public boolean isOfTheProcess() {
    return script.startsWith("process ");
  }

  @Override
  public String toString() {
    return name;
  }
}
