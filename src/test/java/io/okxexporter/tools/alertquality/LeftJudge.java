package io.okxexporter.tools.alertquality;

import io.okxexporter.tools.alertquality.Score.Kind;
import io.okxexporter.tools.alertquality.Score.Sort;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds the two alerts about money that left against the withdrawals of one world. */
final class LeftJudge {
  static final Set<String> ALERTS = Set.of("OkxAssetsLeft", "OkxFellInEveryUnit");

  private static final String PASSED_ON = "a transfer that its receiver did not show in time";
  private static final String TOO_LITTLE = "a transfer that its receiver hardly felt";

  /** Causes of false alarms about one member of a fund that the runbook owns up to. */
  static final Set<String> UNKNOWABLE = Set.of(PASSED_ON, TOO_LITTLE);

  /** The share of the receiver's worth from which the rules see what it was given. */
  private static final double FELT = 0.001;

  /** Minutes from what the sender shows to what the receiver shows. */
  private static final int IN_TIME = 3;

  private final World world;
  private final Sight sight;
  private final List<Firing> firings;
  private final Score score;
  private final List<Withdrawal> withdrawals;

  LeftJudge(World world, Sight sight, List<Firing> firings, Score score) {
    this.world = world;
    this.sight = sight;
    this.firings = firings.stream().filter(each -> ALERTS.contains(each.alert())).toList();
    this.score = score;
    withdrawals = Withdrawal.of(world, sight);
  }

  void judge() {
    withdrawals.stream()
        .filter(each -> each.minute() > Firing.PATIENCE)
        .filter(each -> each.shown() < world.minutes() - Firing.PATIENCE)
        .forEach(this::expect);
    for (Firing firing : firings) {
      firing.begins().stream()
          .filter(minute -> !isRight(firing, minute))
          .forEach(minute -> falseAlarm(firing, minute));
    }
  }

  private void expect(Withdrawal withdrawal) {
    Portfolio portfolio = withdrawal.member().portfolio();
    Optional<Integer> size =
        Score.SIZES.stream().filter(least -> 100 * withdrawal.share() >= least).findFirst();
    if (size.isPresent()) {
      score
          .tally(new Sort(portfolio, withdrawal.circumstance(), size.get()))
          .expect(delay(withdrawal, ALERTS));
      if (size.get() >= 5) {
        ALERTS.forEach(
            alert ->
                score
                    .tally(new Kind(alert, false, portfolio))
                    .expect(delay(withdrawal, Set.of(alert))));
      }
    }
  }

  private int delay(Withdrawal withdrawal, Set<String> alerts) {
    List<Firing> telling =
        firings.stream()
            .filter(each -> alerts.contains(each.alert()) && tellsOf(each, withdrawal.member()))
            .toList();
    return Firing.delay(telling, withdrawal.shown());
  }

  private static boolean tellsOf(Firing firing, Member member) {
    return member.name().equals(firing.label("user"))
        || member.mainUid().equals(firing.label("main_uid"));
  }

  private boolean isRight(Firing firing, int minute) {
    int window =
        switch (firing.label("window")) {
          case "1d" -> 25 * 60;
          case "1h" -> 90;
          default -> 45;
        };
    return withdrawals.stream()
        .filter(each -> tellsOf(firing, each.member()))
        .anyMatch(each -> minute - window <= each.shown() && each.shown() <= minute);
  }

  private void falseAlarm(Firing firing, int minute) {
    // A fund is as risky as the riskiest of its members.
    Member member =
        world.members().stream()
            .filter(each -> tellsOf(firing, each))
            .max(Comparator.comparing(Member::portfolio))
            .orElseThrow();
    boolean ofOne = member.name().equals(firing.label("user"));
    score
        .tally(new Kind(firing.alert(), ofOne && world.isInFund(member), member.portfolio()))
        .falseAlarm(cause(firing, member, ofOne, minute));
  }

  private String cause(Firing firing, Member member, boolean ofOne, int minute) {
    List<Incident> sent = ofOne ? sentOf(member, minute) : List.of();
    if (sent.stream().anyMatch(each -> isLate(each, member))) {
      return PASSED_ON;
    }
    if (sent.stream().anyMatch(each -> received(each).size() < FELT)) {
      return TOO_LITTLE;
    }
    String row = firing.label("user").isEmpty() ? "fund" : "user";
    return row + " " + firing.label("window") + ": " + world.near(member, minute);
  }

  /** The transfers to others that the sender shows of late. */
  private List<Incident> sentOf(Member sender, int minute) {
    return world.incidents().stream()
        .filter(each -> each.type() == IncidentType.SUB_TRANSFER && each.size() < 0)
        .filter(each -> sender.name().equals(each.user()))
        .filter(
            each -> {
              int shown = sight.of(sender, each.from());
              return minute - Firing.PATIENCE <= shown && shown <= minute;
            })
        .toList();
  }

  /** Whether the receiver shows it too late or not yet. */
  private boolean isLate(Incident sent, Member sender) {
    Member receiver = world.member(String.valueOf(received(sent).user()));
    return sight.of(receiver, sent.from()) > sight.of(sender, sent.from()) + IN_TIME;
  }

  private Incident received(Incident sent) {
    return world.incidents().stream()
        .filter(each -> each.type() == IncidentType.SUB_TRANSFER && each.size() > 0)
        .filter(each -> each.from() == sent.from())
        .findFirst()
        .orElseThrow();
  }
}
