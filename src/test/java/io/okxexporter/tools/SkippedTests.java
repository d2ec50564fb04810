package io.okxexporter.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints at the end of the build which tests were skipped, and why, such as a missing program. It
 * reads the reports of Surefire and Failsafe, which name the reason only in the middle of the
 * build's output.
 */
public final class SkippedTests {
  private static final Pattern SKIPPED =
      Pattern.compile(
          "<skipped\\b[^>]*>\\s*(?:<!\\[CDATA\\[)?[\\w.]+: Assumption failed: ([^\n\\]<]+)");

  private SkippedTests() {}

  /** Prints the skipped tests in the reports of these folders, if there are any. */
  public static void main(String[] folders) throws IOException {
    System.out.print(summary(reports(folders)));
  }

  private static List<String> reports(String[] folders) throws IOException {
    List<String> reports = new ArrayList<>();
    for (String folder : folders) {
      if (Files.isDirectory(Path.of(folder))) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
          for (Path file : files.filter(it -> it.toString().endsWith(".xml")).sorted().toList()) {
            reports.add(Files.readString(file));
          }
        }
      }
    }
    return reports;
  }

  static String summary(List<String> reports) {
    Map<String, Long> reasons =
        reports.stream()
            .flatMap(report -> SKIPPED.matcher(report).results())
            .map((MatchResult skipped) -> skipped.group(1).strip())
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    return reasons.entrySet().stream()
        .map(reason -> "  " + reason.getValue() + " × " + reason.getKey() + "\n")
        .collect(Collectors.joining("", reasons.isEmpty() ? "" : "Skipped tests:\n", ""));
  }
}
