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
 * A line of {@code faults.tsv}: something that goes wrong, and what is to be seen of it.
 *
 * @param name what goes wrong, for people
 * @param provocation how to bring it about, in the words of {@link Provocation} or {@code
 *     ProcessFaultsIT}
 * @param reason the label it shows with; {@code ok} if it is no failure
 * @param shows further samples; what begins with ! must be absent
 * @param log what the log says, {@code -} if nothing
 * @param recovery within which time all is well once it is over
 */
public record Fault(
    String name,
    String provocation,
    String reason,
    List<String> shows,
    String log,
    Duration recovery) {
  /** Lines at the beginning of the file that say what it is. */
  public static final int EXPLANATION = 2;

  private static final String OK = "ok";
  private static final Pattern SHOWN = Pattern.compile("(?<= ) *(?=!?[a-z]+_)");

  /** All of them, in order. */
  public static Stream<Fault> all() {
    return lines().filter(line -> !line.startsWith("#")).map(Fault::parse);
  }

  /** The file, in which lines that begin with # are headings. */
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

  /** Whether it is an answer like any other, only odd. */
  public boolean isFine() {
    return reason.equals(OK);
  }

  /** Whether these metrics show what they should. */
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

  /** Whether there are good answers while it lasts. */
  boolean comesAndGoes() {
    return !isFine() && Provocation.of(provocation).does("good");
  }

  /** Whether it befalls the process rather than a request. */
  public boolean isOfTheProcess() {
    return provocation.startsWith("process ");
  }

  @Override
  public String toString() {
    return name;
  }
}
