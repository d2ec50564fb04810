package io.okxexporter.tools.alertquality;

import io.okxexporter.tools.alertquality.Withdrawal.Circumstance;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Detections, misses and false alarms, summed over worlds. */
final class Score {
  /** The lower bounds of the size classes of withdrawals, in percent. */
  static final List<Integer> SIZES = List.of(50, 20, 10, 5, 3, 1);

  record WithdrawalClass(Portfolio portfolio, Circumstance circumstance, int size) {}

  /**
   * @param ofMember whether it is about a single member of a fund, rather than about a fund or a
   *     user outside funds
   */
  record AlertClass(String alert, boolean ofMember, Portfolio portfolio) {}

  private final Map<WithdrawalClass, DetectionCounts> withdrawals = new LinkedHashMap<>();
  private final Map<AlertClass, DetectionCounts> alerts = new LinkedHashMap<>();
  private final Map<Portfolio, Integer> userDays = new EnumMap<>(Portfolio.class);

  void add(World world, Visibility visibility, List<Firing> firings) {
    for (Member member : world.members()) {
      userDays.merge(member.portfolio(), world.minutes() / 1440, Integer::sum);
    }
    new WithdrawalJudge(world, visibility, firings, this).judge();
    new CauseJudge(world, firings, this).judge();
  }

  DetectionCounts counts(WithdrawalClass withdrawalClass) {
    return withdrawals.computeIfAbsent(withdrawalClass, any -> new DetectionCounts());
  }

  DetectionCounts counts(AlertClass alertClass) {
    return alerts.computeIfAbsent(alertClass, any -> new DetectionCounts());
  }

  Map<WithdrawalClass, DetectionCounts> withdrawals() {
    return withdrawals;
  }

  Map<AlertClass, DetectionCounts> alerts() {
    return alerts;
  }

  double userMonths(Portfolio portfolio) {
    return userDays.getOrDefault(portfolio, 0) / 30.0;
  }

  double userMonths() {
    return userDays.values().stream().mapToInt(Integer::intValue).sum() / 30.0;
  }
}
