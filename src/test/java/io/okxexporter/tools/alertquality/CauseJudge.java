package io.okxexporter.tools.alertquality;

import io.okxexporter.tools.alertquality.Score.Kind;
import java.util.List;
import java.util.stream.Stream;

/** Judges the firings of every alert in {@link Judged} against the incidents of one world. */
final class CauseJudge {
  private final World world;
  private final List<Firing> firings;
  private final Score score;
  private final List<Incident> incidents;

  CauseJudge(World world, List<Firing> firings, Score score) {
    this.world = world;
    this.firings = firings;
    this.score = score;
    incidents = Stream.concat(world.incidents().stream(), Losses.of(world).stream()).toList();
  }

  void judge() {
    Judged.ALL.forEach(this::judge);
  }

  private void judge(Judged judged) {
    List<Firing> ofAlert =
        firings.stream().filter(each -> each.alert().equals(judged.alert())).toList();
    incidents.stream()
        .filter(each -> judged.mustDetect(each) && each.until() / 60 < world.minutes())
        .forEach(each -> expect(judged, each, ofAlert));
    for (Firing firing : ofAlert) {
      firing.begins().stream()
          .filter(minute -> !isJustified(judged, firing, minute))
          .forEach(minute -> falseAlarm(firing, minute));
    }
  }

  private void expect(Judged judged, Incident incident, List<Firing> ofAlert) {
    int minute = (int) (incident.from() / 60);
    int latest = (int) (incident.until() / 60) + judged.slack();
    for (Member member : world.members()) {
      if (incident.isOf(member.name())) {
        List<Firing> matching =
            ofAlert.stream()
                .filter(each -> concerns(each, member, incident))
                .filter(each -> each.next(minute) <= latest)
                .toList();
        score
            .tally(new Kind(judged.alert(), false, member.portfolio()))
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

  private boolean isJustified(Judged judged, Firing firing, int minute) {
    String user = firing.label("user");
    return incidents.stream()
        .filter(each -> user.isEmpty() || each.isOf(user))
        .anyMatch(each -> judged.isJustifiedBy(each, minute));
  }

  private void falseAlarm(Firing firing, int minute) {
    String user = firing.label("user");
    Member member = user.isEmpty() ? world.members().get(0) : world.member(user);
    score
        .tally(new Kind(firing.alert(), false, member.portfolio()))
        .falseAlarm(world.near(member, minute));
  }
}
