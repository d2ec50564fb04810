package io.okxexporter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of faults in docs/reliability.md is generated from faults.tsv; {@link #main} writes it.
 */
class FaultTableTest {
  private static final Path PAGE = Path.of("docs/reliability.md");
  private static final String BEGIN = "<!-- faults: made by FaultTableTest -->\n";
  private static final String END = "<!-- end of faults -->\n";
  private static final String HEAD =
      """

      | fault | `reason` | what else `/metrics` shows | the log has | recovers within |
      |---|---|---|---|---|
      """;

  @Test
  void the_page_has_the_table_of_the_faults() throws IOException {
    assertThat(Files.readString(PAGE)).isEqualTo(withTable(Files.readString(PAGE)));
  }

  @Test
  void there_are_enough_of_them_and_no_two_are_the_same() {
    assertThat(Fault.all().map(Fault::script)).hasSizeGreaterThan(60).doesNotHaveDuplicates();
    assertThat(Fault.all().map(Fault::name)).doesNotHaveDuplicates();
  }

  /** Writes the table into the page. */
  public static void main(String[] args) throws IOException {
    Files.writeString(PAGE, withTable(Files.readString(PAGE)));
  }

  private static String withTable(String page) {
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    return page.substring(0, begin) + table() + "\n" + page.substring(page.indexOf(END));
  }

  private static String table() {
    return Fault.lines()
        .skip(Fault.EXPLANATION)
        .map(FaultTableTest::line)
        .collect(Collectors.joining());
  }

  private static String line(String line) {
    return line.startsWith("# ")
        ? "\n**" + line.substring(2) + "**\n" + HEAD
        : row(Fault.parse(line));
  }

  private static String row(Fault fault) {
    String shows =
        fault.shows().stream()
            .map(
                sample -> sample.startsWith("!") ? "no " + code(sample.substring(1)) : code(sample))
            .collect(Collectors.joining(", "));
    return "| %s | %s | %s | %s | %s |%n"
        .formatted(
            fault.name(),
            fault.isFine() ? "" : code(fault.reason()),
            shows,
            fault.log().equals("-") ? "" : code(fault.log()),
            fault.isFine() && !fault.isOfTheProcess() ? "" : fault.recovery().toSeconds() + " s");
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
