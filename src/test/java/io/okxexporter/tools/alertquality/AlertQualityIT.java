package io.okxexporter.tools.alertquality;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.alerts.RuleFile;
import io.okxexporter.tools.alertquality.Withdrawal.Circumstance;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the rules promise, on a few days with the incidents of as many weeks; {@link AlertQuality}
 * measures them on many more.
 */
class AlertQualityIT {
  /** Alerts about a user's money rather than about failed requests. */
  private static final Set<String> MARKET =
      Set.of("OkxAssetsLeft", "OkxFellInEveryUnit", "OkxValuationDrop", "OkxDrawdown");

  @TempDir private Path folder;

  @Test
  void the_rules_tell_what_happened_and_nothing_else() throws Exception {
    Score score =
        new AlertQuality(1, 2, 5, true, new Promtool(RuleFile.read(RuleFile.RULES), folder, folder))
            .measure(1, 4);
    System.out.println(new Tables(score));
    score.withdrawals().forEach(AlertQualityIT::everyLargeOneIsDetectedInTime);
    Judged.ALL.forEach(judged -> hasExpectedFirings(judged, score));
    score.alerts().forEach(AlertQualityIT::nearlyAllAreDetected);
    score.alerts().forEach(AlertQualityIT::hasNoOtherFalseAlarms);
    assertThat(detected(score)).isGreaterThan(10);
  }

  /** During an outage of OKX or the exporter, detection may wait until its end. */
  private static void everyLargeOneIsDetectedInTime(Score.Sort sort, Tally tally) {
    if (sort.portfolio() == Portfolio.UNLEVERED && sort.size() >= 5) {
      boolean promised =
          sort.circumstance() == Circumstance.CLEAR || sort.circumstance() == Circumstance.VIOLENT;
      if (sort.circumstance() != Circumstance.MIXED) {
        assertThat(tally.detected()).as(sort.toString()).isEqualTo(tally.expected());
      }
      if (promised) {
        assertThat(tally.worstDelay()).as(sort.toString()).isLessThanOrEqualTo(10);
      }
    }
  }

  private static void hasExpectedFirings(Judged judged, Score score) {
    int expected =
        score.alerts().entrySet().stream()
            .filter(each -> each.getKey().alert().equals(judged.alert()))
            .mapToInt(each -> each.getValue().expected())
            .sum();
    assertThat(expected > 0).as(judged.alert()).isEqualTo(!judged.required().isEmpty());
  }

  /**
   * Each of the two withdrawal alerts detects only some withdrawals, so those are checked together.
   */
  private static void nearlyAllAreDetected(Score.Kind kind, Tally tally) {
    if (isPromised(kind) && !LeftJudge.ALERTS.contains(kind.alert())) {
      assertThat(10 * tally.detected())
          .as(kind.toString())
          .isGreaterThanOrEqualTo(9 * tally.expected());
    }
  }

  /** A member's transfer to another can only be recognized if the receiver's values show it. */
  private static void hasNoOtherFalseAlarms(Score.Kind kind, Tally tally) {
    if (isPromised(kind)) {
      assertThat(tally.falseAlarmsByCause().keySet())
          .as(kind.toString())
          .isSubsetOf(kind.ofMember() ? LeftJudge.UNKNOWABLE : Set.of());
    }
  }

  /** A loss in every unit may be just the market for portfolios other than unlevered. */
  private static boolean isPromised(Score.Kind kind) {
    return kind.portfolio() == Portfolio.UNLEVERED || !MARKET.contains(kind.alert());
  }

  private static int detected(Score score) {
    return score.withdrawals().values().stream().mapToInt(Tally::detected).sum();
  }
}
