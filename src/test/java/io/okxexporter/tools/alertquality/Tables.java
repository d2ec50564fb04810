package io.okxexporter.tools.alertquality;

import io.okxexporter.tools.alertquality.Withdrawal.Circumstance;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats a score as Markdown tables. */
record Tables(Score score) {
  private static final Tally NOTHING = new Tally();

  @Override
  public String toString() {
    return withdrawals() + "\n" + alerts() + "\n" + causes();
  }

  /** Detected withdrawals by portfolio, circumstance and size. */
  String withdrawals() {
    String sizes =
        Score.SIZES.stream().map(size -> " ≥ " + size + " % |").collect(Collectors.joining());
    return "| portfolio | meanwhile |"
        + sizes
        + " delay |\n|---|---|"
        + "---|".repeat(Score.SIZES.size() + 1)
        + "\n"
        + Arrays.stream(Portfolio.values())
            .flatMap(each -> Arrays.stream(Circumstance.values()).map(it -> row(each, it)))
            .collect(Collectors.joining());
  }

  private String row(Portfolio portfolio, Circumstance circumstance) {
    Tally large = new Tally();
    StringBuilder row = new StringBuilder();
    for (int size : Score.SIZES) {
      Tally tally =
          score.withdrawals().getOrDefault(new Score.Sort(portfolio, circumstance, size), NOTHING);
      row.append(tally.recall()).append(" | ");
      if (size >= 5) {
        large.add(tally);
      }
    }
    return String.format(
        "| %s | %s | %s%s |%n", name(portfolio), name(circumstance), row, large.delay());
  }

  /** Detection by each alert, with its false alarms per user-month by portfolio. */
  String alerts() {
    String portfolios =
        Arrays.stream(Portfolio.values())
            .map(each -> " " + name(each) + " |")
            .collect(Collectors.joining());
    return "| alert | told | delay |"
        + portfolios
        + "\n|---|---|---|"
        + "---|".repeat(Portfolio.values().length)
        + "\n"
        + rows().map(this::row).collect(Collectors.joining());
  }

  private record Row(String alert, boolean ofMember) {
    @Override
    public String toString() {
      return "`" + alert + "`" + (ofMember ? " (member)" : "");
    }
  }

  private static Stream<Row> rows() {
    return Stream.concat(
        Stream.of(false, true)
            .flatMap(it -> LeftJudge.ALERTS.stream().sorted().map(alert -> new Row(alert, it))),
        Judged.ALL.stream().map(judged -> new Row(judged.alert(), false)));
  }

  private String row(Row name) {
    Tally all = new Tally();
    StringBuilder row = new StringBuilder();
    for (Portfolio portfolio : Portfolio.values()) {
      Tally tally = tally(name, portfolio);
      all.add(tally);
      double months = Math.max(score.userMonths(portfolio), 1e-9);
      row.append(String.format(Locale.ROOT, " | %.2f", tally.falseAlarms() / months));
    }
    return String.format("| %s | %s | %s%s |%n", name, all.recall(), all.delay(), row);
  }

  /** Incidents in the quarter of an hour before false alarms. */
  private String causes() {
    return rows()
        .flatMap(row -> Arrays.stream(Portfolio.values()).map(each -> causes(row, each)))
        .collect(Collectors.joining());
  }

  private String causes(Row row, Portfolio portfolio) {
    return tally(row, portfolio).falseAlarmsByCause().entrySet().stream()
        .map(
            each ->
                String.format(
                    "%s, %s: %d after %s%n", row, name(portfolio), each.getValue(), each.getKey()))
        .collect(Collectors.joining());
  }

  private Tally tally(Row row, Portfolio portfolio) {
    return score
        .alerts()
        .getOrDefault(new Score.Kind(row.alert(), row.ofMember(), portfolio), NOTHING);
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
