package io.okxexporter.alerts;

import io.okxexporter.alerts.Withdrawal.Circumstance;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A score as tables in Markdown. */
record Tables(Score score) {
  @Override
  public String toString() {
    return withdrawals() + "\n" + alerts();
  }

  /** How many withdrawals were told, by what the user holds, by what went on, and by size. */
  String withdrawals() {
    StringBuilder text = new StringBuilder("| portfolio | meanwhile |");
    Score.SIZES.forEach(size -> text.append(" ≥ ").append(size).append(" % |"));
    text.append(" delay of those ≥ 5 % |\n|---|---|").append("---|".repeat(7)).append('\n');
    for (Portfolio portfolio : Portfolio.values()) {
      for (Circumstance circumstance : Circumstance.values()) {
        text.append("| ").append(name(portfolio)).append(" | ").append(name(circumstance));
        Tally all = new Tally();
        for (int size : Score.SIZES) {
          Tally tally =
              score
                  .withdrawals()
                  .getOrDefault(new Score.Class(portfolio, circumstance, size), new Tally());
          text.append(" | ").append(tally.recall());
          if (size >= 5) {
            all.add(tally);
          }
        }
        text.append(" | ").append(all.delay()).append(" |\n");
      }
    }
    return text.toString();
  }

  /** How each alert did. */
  String alerts() {
    StringBuilder text =
        new StringBuilder(
            "| alert | portfolio | told | delay | fired | false alarms per user and month |\n"
                + "|---|---|---|---|---|---|\n");
    Stream.concat(Score.LEFT.stream().sorted(), Judged.ALL.stream().map(Judged::alert))
        .forEach(
            alert -> {
              for (Portfolio portfolio : Portfolio.values()) {
                text.append(row(alert, portfolio));
              }
            });
    return text.toString();
  }

  private String row(String alert, Portfolio portfolio) {
    Tally tally =
        score.alerts().getOrDefault(new Score.Kind(alert, portfolio), new Tally());
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %s | %d | %.2f%s |%n",
        alert,
        name(portfolio),
        tally.recall(),
        tally.delay(),
        tally.begun(),
        tally.falseAlarms() / Math.max(1e-9, score.userMonths(portfolio)),
        causes(tally.falseAlarmsByCause()));
  }

  private static String causes(Map<String, Integer> causes) {
    return causes.isEmpty()
        ? ""
        : causes.entrySet().stream()
            .map(each -> each.getValue() + " × " + each.getKey())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
