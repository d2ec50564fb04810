package io.okxexporter.tools.alertquality;

import io.okxexporter.tools.alertquality.Score.AlertClass;
import java.util.List;
import java.util.stream.Stream;

/**
 * Judges the firings of every alert in {@link AlertExpectation} against the incidents of one world.
 */
final class CauseJudge {
  private final World world;
  private final List<Firing> firings;
  private final Score score;
  private final List<Incident> incidents;

  CauseJudge(World world, List<Firing> firings, Score score) {
    this.world = world;
    this.firings = firings;
    this.score = score;
    incidents =
        Stream.concat(world.incidents().stream(), LossIncidents.of(world).stream()).toList();
  }

  void judge() {
    AlertExpectation.ALL.forEach(this::judge);
  }

  private void judge(AlertExpectation expectation) {
    List<Firing> ofAlert =
        firings.stream().filter(each -> each.alert().equals(expectation.alert())).toList();
    incidents.stream()
        .filter(each -> expectation.mustDetect(each) && each.until() / 60 < world.minutes())
        .forEach(each -> expect(expectation, each, ofAlert));
    for (Firing firing : ofAlert) {
      firing.begins().stream()
          .filter(minute -> !isJustified(expectation, firing, minute))
          .forEach(minute -> falseAlarm(firing, minute));
    }
  }

  private void expect(AlertExpectation expectation, Incident incident, List<Firing> ofAlert) {
    int minute = (int) (incident.from() / 60);
    int latest = (int) (incident.until() / 60) + expectation.slack();
    for (Member member : world.members()) {
      if (incident.isOf(member.name())) {
        List<Firing> matching =
            ofAlert.stream()
                .filter(each -> concerns(each, member, incident))
                .filter(each -> each.next(minute) <= latest)
                .toList();
        score
            .counts(new AlertClass(expectation.alert(), false, member.portfolio()))
            .expect(Firing.delay(matching, minute));
      }
    }
  }

  private static boolean concerns(Firing firing, Member member, Incident incident) {
    String user = firing.label("user");
    String ccy = firing.label("ccy");
    return (user.isEmpty() || user.equals(member.name()))
        && (ccy.isEmpty() || incident.ccy() == null || ccy.equals(incident.ccy()));
  }

  private boolean isJustified(AlertExpectation expectation, Firing firing, int minute) {
    String user = firing.label("user");
    return incidents.stream()
        .filter(each -> user.isEmpty() || each.isOf(user))
        .anyMatch(each -> expectation.isJustifiedBy(each, minute));
  }

  private void falseAlarm(Firing firing, int minute) {
    String user = firing.label("user");
    Member member = user.isEmpty() ? world.members().get(0) : world.member(user);
    score
        .counts(new AlertClass(firing.alert(), false, member.portfolio()))
        .falseAlarm(world.near(member, minute));
  }
}
