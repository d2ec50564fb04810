package io.okxexporter.tools.alertquality;

import io.okxexporter.tools.alertquality.Withdrawal.Circumstance;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats a score as Markdown tables. */
record Tables(Score score) {
  private static final DetectionCounts NOTHING = new DetectionCounts();

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
    DetectionCounts large = new DetectionCounts();
    StringBuilder row = new StringBuilder();
    for (int size : Score.SIZES) {
      DetectionCounts counts =
          score
              .withdrawals()
              .getOrDefault(new Score.WithdrawalClass(portfolio, circumstance, size), NOTHING);
      row.append(counts.recall()).append(" | ");
      if (size >= 5) {
        large.add(counts);
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
            .flatMap(
                it -> WithdrawalJudge.ALERTS.stream().sorted().map(alert -> new Row(alert, it))),
        AlertExpectation.ALL.stream().map(expectation -> new Row(expectation.alert(), false)));
  }

  private String row(Row name) {
    DetectionCounts all = new DetectionCounts();
    StringBuilder row = new StringBuilder();
    for (Portfolio portfolio : Portfolio.values()) {
      DetectionCounts counts = counts(name, portfolio);
      all.add(counts);
      double months = Math.max(score.userMonths(portfolio), 1e-9);
      row.append(String.format(Locale.ROOT, " | %.2f", counts.falseAlarms() / months));
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
    return counts(row, portfolio).falseAlarmsByCause().entrySet().stream()
        .map(
            each ->
                String.format(
                    "%s, %s: %d after %s%n", row, name(portfolio), each.getValue(), each.getKey()))
        .collect(Collectors.joining());
  }

  private DetectionCounts counts(Row row, Portfolio portfolio) {
    return score
        .alerts()
        .getOrDefault(new Score.AlertClass(row.alert(), row.ofMember(), portfolio), NOTHING);
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
