package io.okxexporter.tools.alertquality;

import java.util.List;

/**
 * Some users, and everything that happened to them: what the alerts are held against. Nothing here
 * knows of a rule.
 *
 * @param minutes how long it lasts
 * @param incidents in the order of their beginning
 */
record World(int minutes, Prices prices, List<Member> members, List<Incident> incidents) {
  boolean suffers(IncidentType type, int minute) {
    return incidents.stream().anyMatch(each -> each.type() == type && each.at(60L * minute));
  }

  /** Whether others belong to the same main account. */
  boolean isInFund(Member member) {
    return members.stream()
        .anyMatch(it -> it.mainUid().equals(member.mainUid()) && !it.uid().equals(member.uid()));
  }

  /** What happened to that member within a quarter of an hour before, for whoever wonders. */
  String near(Member member, int minute) {
    return incidents.stream()
        .filter(each -> each.within((minute - 15) * 60L, minute * 60L))
        .filter(each -> each.isOf(member.name()))
        .map(each -> each.type().name())
        .distinct()
        .sorted()
        .reduce((a, b) -> a + " " + b)
        .orElse("nothing");
  }

  Member member(String name) {
    return members.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }
}
