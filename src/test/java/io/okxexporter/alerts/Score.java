package io.okxexporter.alerts;

import io.okxexporter.alerts.Withdrawal.Circumstance;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** Holds what fired against what happened, and adds up over worlds. */
final class Score {
  /** The two that tell of money that left. */
  static final Set<String> LEFT = Set.of("OkxAssetsLeft", "OkxFellInEveryUnit");

  /** An alert that comes later than that has missed. */
  private static final int PATIENCE = 60;

  private static final String PASSED_ON = "a transfer that its receiver did not show in time";
  private static final String TOO_LITTLE = "a transfer that its receiver hardly felt";

  /** Causes of false alarms about one member of a fund that the runbook owns up to. */
  static final Set<String> UNKNOWABLE = Set.of(PASSED_ON, TOO_LITTLE);

  /** The share of the receiver's worth from which the rules see what it was given. */
  private static final double FELT = 0.001;

  /** Minutes from what the sender shows to what the receiver shows. */
  private static final int IN_TIME = 3;

  /** The lower bounds of the size classes of withdrawals, in percent. */
  static final List<Integer> SIZES = List.of(50, 20, 10, 5, 3, 1);

  record Sort(Portfolio portfolio, Circumstance circumstance, int size) {}

  /**
   * @param ofMember whether it is about one member of a fund; else about a fund, or a user on its
   *     own
   */
  record Kind(String alert, boolean ofMember, Portfolio portfolio) {}

  private final Map<Sort, Tally> withdrawals = new LinkedHashMap<>();
  private final Map<Kind, Tally> alerts = new LinkedHashMap<>();
  private final Map<Portfolio, Integer> userDays = new EnumMap<>(Portfolio.class);

  void add(World world, Sight sight, List<Firing> firings) {
    for (Member member : world.members()) {
      userDays.merge(member.portfolio(), world.minutes() / 1440, Integer::sum);
    }
    List<Withdrawal> all = Withdrawal.of(world, sight);
    all.stream()
        .filter(each -> each.minute() > PATIENCE && each.shown() < world.minutes() - PATIENCE)
        .forEach(each -> add(each, firings));
    List<Incident> happened =
        Stream.concat(world.incidents().stream(), Losses.of(world).stream()).toList();
    for (Firing firing : firings) {
      for (int minute : firing.begins()) {
        if (LEFT.contains(firing.alert())) {
          judgeLeft(world, sight, all, firing, minute);
        } else {
          judge(world, happened, firing, minute);
        }
      }
    }
    Judged.ALL.forEach(judged -> expect(judged, world, happened, firings));
  }

  private void add(Withdrawal withdrawal, List<Firing> firings) {
    Optional<Integer> size =
        SIZES.stream().filter(least -> 100 * withdrawal.share() >= least).findFirst();
    if (size.isPresent()) {
      Portfolio portfolio = withdrawal.member().portfolio();
      withdrawals
          .computeIfAbsent(
              new Sort(portfolio, withdrawal.circumstance(), size.get()), any -> new Tally())
          .expect(delay(withdrawal, LEFT, firings));
      if (size.get() >= 5) {
        LEFT.forEach(
            alert ->
                tally(alert, false, portfolio).expect(delay(withdrawal, Set.of(alert), firings)));
      }
    }
  }

  private static int delay(Withdrawal withdrawal, Set<String> alerts, List<Firing> firings) {
    return delay(
        firings.stream()
            .filter(each -> alerts.contains(each.alert()) && tellsOf(each, withdrawal.member()))
            .toList(),
        withdrawal.shown());
  }

  private static boolean tellsOf(Firing firing, Member member) {
    return member.name().equals(firing.label("user"))
        || member.mainUid().equals(firing.label("main_uid"));
  }

  /** Minutes until one of them fires, 0 if it does so already; negative if none does in time. */
  private static int delay(List<Firing> firings, int minute) {
    return firings.stream()
        .mapToInt(each -> each.next(minute) - minute)
        .filter(delay -> delay >= 0 && delay <= PATIENCE)
        .min()
        .orElse(-1);
  }

  private void judgeLeft(
      World world, Sight sight, List<Withdrawal> all, Firing firing, int minute) {
    int window =
        switch (firing.label("window")) {
          case "1d" -> 25 * 60;
          case "1h" -> 90;
          default -> 45;
        };
    IntPredicate recently = shown -> minute - window <= shown && shown <= minute;
    boolean right =
        all.stream()
            .anyMatch(each -> tellsOf(firing, each.member()) && recently.test(each.shown()));
    // A fund is as risky as the riskiest of its members.
    Member member =
        world.members().stream()
            .filter(each -> tellsOf(firing, each))
            .max(Comparator.comparing(Member::portfolio))
            .orElseThrow();
    if (!right) {
      boolean ofMember = world.isInFund(member) && member.name().equals(firing.label("user"));
      tally(firing.alert(), ofMember, member.portfolio())
          .falseAlarm(cause(world, sight, firing, member, minute));
    }
  }

  private static String cause(World world, Sight sight, Firing firing, Member member, int minute) {
    if (member.name().equals(firing.label("user"))) {
      List<Incident> shown = sentOf(world, sight, member, minute);
      if (shown.stream().anyMatch(each -> isLate(world, sight, each, member))) {
        return PASSED_ON;
      }
      if (shown.stream().anyMatch(each -> received(world, each).size() < FELT)) {
        return TOO_LITTLE;
      }
    }
    String row = firing.label("user").isEmpty() ? "fund" : "user";
    return row + " " + firing.label("window") + ": " + near(world, member, minute);
  }

  /** The transfers to others that the sender shows of late. */
  private static List<Incident> sentOf(World world, Sight sight, Member sender, int minute) {
    return world.incidents().stream()
        .filter(each -> each.type() == IncidentType.SUB_TRANSFER && each.size() < 0)
        .filter(each -> sender.name().equals(each.user()))
        .filter(
            each -> {
              int shown = sight.of(sender, each.from());
              return minute - PATIENCE <= shown && shown <= minute;
            })
        .toList();
  }

  /** Whether the receiver shows it too late or not yet. */
  private static boolean isLate(World world, Sight sight, Incident sent, Member sender) {
    Member receiver = world.member(String.valueOf(received(world, sent).user()));
    return sight.of(receiver, sent.from()) > sight.of(sender, sent.from()) + IN_TIME;
  }

  private static Incident received(World world, Incident sent) {
    return world.incidents().stream()
        .filter(each -> each.type() == IncidentType.SUB_TRANSFER && each.size() > 0)
        .filter(each -> each.from() == sent.from())
        .findFirst()
        .orElseThrow();
  }

  private void judge(World world, List<Incident> happened, Firing firing, int minute) {
    String user = firing.label("user");
    boolean right =
        Judged.ALL.stream()
            .filter(each -> each.alert().equals(firing.alert()))
            .anyMatch(
                judged ->
                    happened.stream()
                        .anyMatch(
                            each ->
                                judged.right(each, minute)
                                    && (user.isEmpty()
                                        || each.user() == null
                                        || user.equals(each.user()))));
    Member member = user.isEmpty() ? world.members().get(0) : world.member(user);
    if (!right) {
      tally(firing.alert(), false, member.portfolio()).falseAlarm(near(world, member, minute));
    }
  }

  /** What happened shortly before, for whoever wonders about a false alarm. */
  private static String near(World world, Member member, int minute) {
    return world.incidents().stream()
        .filter(each -> each.within((minute - 15) * 60L, minute * 60L))
        .filter(each -> each.user() == null || member.name().equals(each.user()))
        .map(each -> each.type().name())
        .distinct()
        .sorted()
        .reduce((a, b) -> a + " " + b)
        .orElse("nothing");
  }

  private void expect(Judged judged, World world, List<Incident> happened, List<Firing> firings) {
    List<Firing> of = firings.stream().filter(each -> each.alert().equals(judged.alert())).toList();
    for (Incident incident : happened) {
      if (judged.mustTell(incident) && incident.until() / 60 < world.minutes()) {
        expect(judged, world, incident, of);
      }
    }
  }

  private void expect(Judged judged, World world, Incident incident, List<Firing> firings) {
    int minute = (int) (incident.from() / 60);
    int latest = (int) (incident.until() / 60) + judged.slack();
    for (Member member : world.members()) {
      if (incident.user() == null || member.name().equals(incident.user())) {
        int delay =
            delay(
                firings.stream()
                    .filter(each -> concerns(each, member, incident))
                    .filter(each -> each.next(minute) <= latest)
                    .toList(),
                minute);
        tally(judged.alert(), false, member.portfolio()).expect(delay);
      }
    }
  }

  private static boolean concerns(Firing firing, Member member, Incident incident) {
    String user = firing.label("user");
    String ccy = firing.label("ccy");
    return (user.isEmpty() || user.equals(member.name()))
        && (ccy.isEmpty() || incident.ccy() == null || ccy.equals(incident.ccy()));
  }

  private Tally tally(String alert, boolean ofMember, Portfolio portfolio) {
    return alerts.computeIfAbsent(new Kind(alert, ofMember, portfolio), any -> new Tally());
  }

  Map<Sort, Tally> withdrawals() {
    return withdrawals;
  }

  Map<Kind, Tally> alerts() {
    return alerts;
  }

  double userMonths(Portfolio portfolio) {
    return userDays.getOrDefault(portfolio, 0) / 30.0;
  }

  double userMonths() {
    return userDays.values().stream().mapToInt(Integer::intValue).sum() / 30.0;
  }
}
