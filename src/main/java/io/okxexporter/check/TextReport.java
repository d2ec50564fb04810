package io.okxexporter.check;

import io.okxexporter.model.User;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report for people: a line per step, wrapped, with the remedy below. */
final class TextReport implements Report {
  private static final int COLUMNS = 100;
  private static final int NAME_COLUMNS = 14;
  private static final String INDENT = " ".repeat("  pass  ".length() + NAME_COLUMNS + 2);

  private final PrintStream out;
  private final boolean coloured;

  /**
   * @param coloured whether to write terminal colours
   */
  TextReport(PrintStream out, boolean coloured) {
    this.out = out;
    this.coloured = coloured;
  }

  @Override
  public void begin(String title) {
    line(printable(title));
  }

  @Override
  public void process(List<Step> steps) {
    line("");
    steps.forEach(this::step);
  }

  @Override
  public void user(User user, List<Step> steps) {
    line("");
    line(
        printable(
            "user %s (%s, %s)"
                .formatted(
                    user.displayName(), user.baseUrl(), user.demo() ? "demo trading" : "live")));
    steps.forEach(this::step);
  }

  @Override
  public void end(Summary summary) {
    line("");
    line(colour(summary.result(), summary.toString()));
    out.flush();
  }

  private void step(Step step) {
    List<String> lines = wrapped(step.text());
    String name = String.format(Locale.ROOT, "%-" + NAME_COLUMNS + "s", printable(step.name()));
    line("  " + colour(step.status(), step.status().label()) + "  " + name + "  " + lines.get(0));
    lines.stream().skip(1).forEach(more -> line(INDENT + more));
    step.details().forEach(detail -> line(INDENT + "  " + printable(detail)));
    if (step.remedy() != null) {
      wrapped("-> " + step.remedy()).forEach(more -> line(INDENT + more));
    }
    out.flush();
  }

  private void line(String line) {
    out.print(line + "\n");
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : printable(text).split(" ", -1)) {
      if (line.length() > 0 && INDENT.length() + line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** Escapes what could control a terminal: text from OKX is not trusted. */
  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().forEach(c -> shown.append(isPrintable(c) ? Character.toString(c) : hex(c)));
    return shown.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return !Character.toString(codePoint).matches("[\\p{C}\\p{Zl}\\p{Zp}]");
  }

  private static String hex(int codePoint) {
    return String.format(Locale.ROOT, "\\u%04x", codePoint);
  }

  private String colour(StepStatus status, String text) {
    return coloured ? "\u001b[" + code(status) + "m" + text + "\u001b[0m" : text;
  }

  private static int code(StepStatus status) {
    return switch (status) {
      case PASS -> 32; // green
      case WARN -> 33; // yellow
      case FAIL -> 31; // red
      case SKIP -> 2; // faint
    };
  }
}
