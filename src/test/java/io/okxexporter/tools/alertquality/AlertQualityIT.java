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
    AlertExpectation.ALL.forEach(expectation -> hasExpectedFirings(expectation, score));
    score.alerts().forEach(AlertQualityIT::nearlyAllAreDetected);
    score.alerts().forEach(AlertQualityIT::hasNoOtherFalseAlarms);
    assertThat(detected(score)).isGreaterThan(10);
  }

  /** During an outage of OKX or the exporter, detection may wait until its end. */
  private static void everyLargeOneIsDetectedInTime(
      Score.WithdrawalClass withdrawalClass, DetectionCounts counts) {
    if (withdrawalClass.portfolio() == Portfolio.UNLEVERED && withdrawalClass.size() >= 5) {
      boolean promised =
          withdrawalClass.circumstance() == Circumstance.CLEAR
              || withdrawalClass.circumstance() == Circumstance.VIOLENT;
      if (withdrawalClass.circumstance() != Circumstance.MIXED) {
        assertThat(counts.detected()).as(withdrawalClass.toString()).isEqualTo(counts.expected());
      }
      if (promised) {
        assertThat(counts.worstDelay()).as(withdrawalClass.toString()).isLessThanOrEqualTo(10);
      }
    }
  }

  private static void hasExpectedFirings(AlertExpectation expectation, Score score) {
    int expected =
        score.alerts().entrySet().stream()
            .filter(each -> each.getKey().alert().equals(expectation.alert()))
            .mapToInt(each -> each.getValue().expected())
            .sum();
    assertThat(expected > 0).as(expectation.alert()).isEqualTo(!expectation.required().isEmpty());
  }

  /**
   * Each of the two withdrawal alerts detects only some withdrawals, so those are checked together.
   */
  private static void nearlyAllAreDetected(Score.AlertClass alertClass, DetectionCounts counts) {
    if (isPromised(alertClass) && !WithdrawalJudge.ALERTS.contains(alertClass.alert())) {
      assertThat(10 * counts.detected())
          .as(alertClass.toString())
          .isGreaterThanOrEqualTo(9 * counts.expected());
    }
  }

  /** A member's transfer to another can only be recognized if the receiver's values show it. */
  private static void hasNoOtherFalseAlarms(Score.AlertClass alertClass, DetectionCounts counts) {
    if (isPromised(alertClass)) {
      assertThat(counts.falseAlarmsByCause().keySet())
          .as(alertClass.toString())
          .isSubsetOf(alertClass.ofMember() ? WithdrawalJudge.UNKNOWABLE : Set.of());
    }
  }

  /** A loss in every unit may be just the market for portfolios other than unlevered. */
  private static boolean isPromised(Score.AlertClass alertClass) {
    return alertClass.portfolio() == Portfolio.UNLEVERED || !MARKET.contains(alertClass.alert());
  }

  private static int detected(Score score) {
    return score.withdrawals().values().stream().mapToInt(DetectionCounts::detected).sum();
  }
}
