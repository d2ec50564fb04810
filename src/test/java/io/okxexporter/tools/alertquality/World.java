package io.okxexporter.tools.alertquality;

import java.util.List;

/**
 * Users and their incidents, against which the alerts are judged. It is independent of the rules.
 *
 * @param minutes its length
 * @param incidents ordered by start
 */
record World(int minutes, Prices prices, List<Member> members, List<Incident> incidents) {
  boolean has(IncidentType type, int minute) {
    return incidents.stream().anyMatch(each -> each.type() == type && each.at(60L * minute));
  }

  /** Whether others share its main account. */
  boolean isInFund(Member member) {
    return members.stream()
        .anyMatch(it -> it.mainUid().equals(member.mainUid()) && !it.uid().equals(member.uid()));
  }

  /** The types of the member's incidents in the quarter of an hour before, for diagnosis. */
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
