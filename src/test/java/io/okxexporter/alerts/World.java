package io.okxexporter.alerts;

import java.util.List;

/**
 * Some users, and everything that happened to them: what the alerts are held against. Nothing here
 * knows of a rule.
 *
 * @param minutes how long it lasts
 * @param incidents in the order of their beginning
 */
record World(int minutes, Prices prices, List<Member> members, List<Incident> incidents) {
  Member member(String name) {
    return members.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }
}
