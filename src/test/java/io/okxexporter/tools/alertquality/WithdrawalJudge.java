package io.okxexporter.tools.alertquality;

import io.okxexporter.tools.alertquality.Score.AlertClass;
import io.okxexporter.tools.alertquality.Score.WithdrawalClass;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the firings of the two alerts about withdrawn money against the withdrawals of one world.
 */
final class WithdrawalJudge {
  static final Set<String> ALERTS = Set.of("OkxAssetsLeft", "OkxFellInEveryUnit");

  private static final String PASSED_ON = "a transfer that its receiver did not show in time";
  private static final String TOO_LITTLE = "a transfer that its receiver hardly felt";

  /** The causes of false alarms about single fund members that the runbook documents. */
  static final Set<String> UNKNOWABLE = Set.of(PASSED_ON, TOO_LITTLE);

  /** The smallest share of the receiver's worth at which the rules detect a received transfer. */
  private static final double NOTICEABLE = 0.001;

  /** The most minutes by which the receiver's values may lag the sender's. */
  private static final int MAX_LAG = 3;

  private final World world;
  private final Visibility visibility;
  private final List<Firing> firings;
  private final Score score;
  private final List<Withdrawal> withdrawals;

  WithdrawalJudge(World world, Visibility visibility, List<Firing> firings, Score score) {
    this.world = world;
    this.visibility = visibility;
    this.firings = firings.stream().filter(each -> ALERTS.contains(each.alert())).toList();
    this.score = score;
    withdrawals = Withdrawal.of(world, visibility);
  }

  void judge() {
    withdrawals.stream()
        .filter(each -> each.minute() > Firing.MAX_DELAY)
        .filter(each -> each.shown() < world.minutes() - Firing.MAX_DELAY)
        .forEach(this::expect);
    for (Firing firing : firings) {
      firing.begins().stream()
          .filter(minute -> !isJustified(firing, minute))
          .forEach(minute -> falseAlarm(firing, minute));
    }
  }

  private void expect(Withdrawal withdrawal) {
    Portfolio portfolio = withdrawal.member().portfolio();
    Optional<Integer> size =
        Score.SIZES.stream().filter(least -> 100 * withdrawal.share() >= least).findFirst();
    if (size.isPresent()) {
      score
          .counts(new WithdrawalClass(portfolio, withdrawal.circumstance(), size.get()))
          .expect(delay(withdrawal, ALERTS));
      if (size.get() >= 5) {
        ALERTS.forEach(
            alert ->
                score
                    .counts(new AlertClass(alert, false, portfolio))
                    .expect(delay(withdrawal, Set.of(alert))));
      }
    }
  }

  private int delay(Withdrawal withdrawal, Set<String> alerts) {
    List<Firing> matching =
        firings.stream()
            .filter(each -> alerts.contains(each.alert()) && isAbout(each, withdrawal.member()))
            .toList();
    return Firing.delay(matching, withdrawal.shown());
  }

  private static boolean isAbout(Firing firing, Member member) {
    return member.name().equals(firing.label("user"))
        || member.mainUid().equals(firing.label("main_uid"));
  }

  private boolean isJustified(Firing firing, int minute) {
    int window =
        switch (firing.label("window")) {
          case "1d" -> 25 * 60;
          case "1h" -> 90;
          default -> 45;
        };
    return withdrawals.stream()
        .filter(each -> isAbout(firing, each.member()))
        .anyMatch(each -> minute - window <= each.shown() && each.shown() <= minute);
  }

  private void falseAlarm(Firing firing, int minute) {
    // A fund is as risky as its riskiest member.
    Member member =
        world.members().stream()
            .filter(each -> isAbout(firing, each))
            .max(Comparator.comparing(Member::portfolio))
            .orElseThrow();
    boolean isUser = member.name().equals(firing.label("user"));
    score
        .counts(
            new AlertClass(firing.alert(), isUser && world.isInFund(member), member.portfolio()))
        .falseAlarm(cause(firing, member, isUser, minute));
  }

  private String cause(Firing firing, Member member, boolean isUser, int minute) {
    List<Incident> sent = isUser ? sentOf(member, minute) : List.of();
    if (sent.stream().anyMatch(each -> isLate(each, member))) {
      return PASSED_ON;
    }
    if (sent.stream().anyMatch(each -> received(each).size() < NOTICEABLE)) {
      return TOO_LITTLE;
    }
    String row = firing.label("user").isEmpty() ? "fund" : "user";
    return row + " " + firing.label("window") + ": " + world.near(member, minute);
  }

  /** The member's outgoing transfers that its values have shown recently. */
  private List<Incident> sentOf(Member sender, int minute) {
    return world.incidents().stream()
        .filter(each -> each.type() == IncidentType.SUB_TRANSFER && each.size() < 0)
        .filter(each -> sender.name().equals(each.user()))
        .filter(
            each -> {
              int shown = visibility.of(sender, each.from());
              return minute - Firing.MAX_DELAY <= shown && shown <= minute;
            })
        .toList();
  }

  /** Whether the receiver's values show the transfer too late or not yet. */
  private boolean isLate(Incident sent, Member sender) {
    Member receiver = world.member(String.valueOf(received(sent).user()));
    return visibility.of(receiver, sent.from()) > visibility.of(sender, sent.from()) + MAX_LAG;
  }

  private Incident received(Incident sent) {
    return world.incidents().stream()
        .filter(each -> each.type() == IncidentType.SUB_TRANSFER && each.size() > 0)
        .filter(each -> each.from() == sent.from())
        .findFirst()
        .orElseThrow();
  }
}
