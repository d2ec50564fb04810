package io.okxexporter.tools.alertquality;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.alerts.RuleFile;
import io.okxexporter.tools.alertquality.Withdrawal.Circumstance;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the rules promise, on a few days in which as much happens as in as many weeks; {@link
 * AlertQuality} measures them on many more.
 */
class AlertQualityIT {
  /** Told by what happens to a user's money, not by whether answers come. */
  private static final Set<String> MARKET =
      Set.of("OkxAssetsLeft", "OkxFellInEveryUnit", "OkxValuationDrop", "OkxDrawdown");

  @TempDir private Path folder;

  @Test
  void the_rules_tell_what_happened_and_nothing_else() throws Exception {
    Score score =
        new AlertQuality(1, 2, 5, true, new Promtool(RuleFile.read(RuleFile.RULES), folder, folder))
            .measure(1, 4);
    System.out.println(new Tables(score));
    score.withdrawals().forEach(AlertQualityIT::everyLargeOneIsToldInTime);
    Judged.ALL.forEach(judged -> hasSomethingToTell(judged, score));
    score.alerts().forEach(AlertQualityIT::allIsTold);
    score.alerts().forEach(AlertQualityIT::nothingElseIs);
    assertThat(told(score)).isGreaterThan(10);
  }

  /** While OKX or the exporter are away, it may take until they are back. */
  private static void everyLargeOneIsToldInTime(Score.Sort sort, Tally tally) {
    if (sort.portfolio() == Portfolio.UNLEVERED && sort.size() >= 5) {
      boolean promised =
          sort.circumstance() == Circumstance.CLEAR || sort.circumstance() == Circumstance.VIOLENT;
      if (sort.circumstance() != Circumstance.MIXED) {
        assertThat(tally.told()).as(sort.toString()).isEqualTo(tally.expected());
      }
      if (promised) {
        assertThat(tally.worstDelay()).as(sort.toString()).isLessThanOrEqualTo(10);
      }
    }
  }

  private static void hasSomethingToTell(Judged judged, Score score) {
    int expected =
        score.alerts().entrySet().stream()
            .filter(each -> each.getKey().alert().equals(judged.alert()))
            .mapToInt(each -> each.getValue().expected())
            .sum();
    assertThat(expected > 0).as(judged.alert()).isEqualTo(!judged.musts().isEmpty());
  }

  /** Of withdrawals, each of the two alerts tells some, and both together all. */
  private static void allIsTold(Score.Kind kind, Tally tally) {
    if (isPromised(kind) && !LeftJudge.ALERTS.contains(kind.alert())) {
      assertThat(10 * tally.told())
          .as(kind.toString())
          .isGreaterThanOrEqualTo(9 * tally.expected());
    }
  }

  /** A member's transfer is only known as one if its receiver shows it. */
  private static void nothingElseIs(Score.Kind kind, Tally tally) {
    if (isPromised(kind)) {
      assertThat(tally.falseAlarmsByCause().keySet())
          .as(kind.toString())
          .isSubsetOf(kind.ofMember() ? LeftJudge.UNKNOWABLE : Set.of());
    }
  }

  /** What falls in every unit may be the market of others. */
  private static boolean isPromised(Score.Kind kind) {
    return kind.portfolio() == Portfolio.UNLEVERED || !MARKET.contains(kind.alert());
  }

  private static int told(Score score) {
    return score.withdrawals().values().stream().mapToInt(Tally::told).sum();
  }
}
