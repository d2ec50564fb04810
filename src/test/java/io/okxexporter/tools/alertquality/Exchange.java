package io.okxexporter.tools.alertquality;

import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Valuation;
import io.okxexporter.tools.alertquality.Holdings.Account;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** The responses OKX would give: a pure function of user, unit and time. */
final class Exchange {
  /** In OKX's own example the total is slightly less than the sum of its parts. */
  private static final double TOTAL = 0.9995;

  private static final double USUAL_LAG_SECONDS = 0.5;

  private final World world;
  private final long start;
  private final Map<String, List<Incident>> matchingIncidents = new HashMap<>();

  /**
   * @param start Unix time of the world's first second
   */
  Exchange(World world, long start) {
    this.world = world;
    this.start = start;
  }

  /** The response at that second of the world. */
  Outcome<Valuation> valuation(Member member, String ccy, double second) {
    return incident(member, ccy, second, type -> type.failure != null)
        .map(Exchange::failure)
        .orElseGet(() -> new Success<>(valuationAt(member, ccy, asOf(member, ccy, second))));
  }

  private static Outcome<Valuation> failure(Incident incident) {
    Reason reason = Objects.requireNonNull(incident.type().failure);
    return Failure.answered(reason, incident.type().code, "", Duration.ZERO);
  }

  /** The maintenance announced at that second: every outage is announced. */
  List<Maintenance> maintenance(long second) {
    return world.incidents().stream()
        .filter(each -> each.type() == IncidentType.OUTAGE && each.at(second))
        .map(
            each ->
                new Maintenance(
                    "ongoing", false, at((double) each.from()), at((double) each.until())))
        .toList();
  }

  private Instant at(double second) {
    return Instant.ofEpochSecond(start).plusMillis((long) (second * 1_000));
  }

  private double asOf(Member member, String ccy, double second) {
    double usual = second - USUAL_LAG_SECONDS;
    double late =
        incident(member, ccy, second, each -> each == IncidentType.LATE)
            .map(each -> second - 30 - Math.floorMod(each.from(), 210L))
            .orElse(usual);
    double frozen =
        incident(member, ccy, second, each -> each == IncidentType.FROZEN)
            .map(each -> (double) each.from())
            .orElse(usual);
    return Math.max(0, Math.min(late, frozen));
  }

  private Optional<Incident> incident(
      Member member, String ccy, double second, Predicate<IncidentType> wanted) {
    return matchingIncidents
        .computeIfAbsent(member.name() + " " + ccy, any -> matchingIncidents(member, ccy))
        .stream()
        .filter(each -> wanted.test(each.type()) && each.at((long) second))
        .findFirst();
  }

  private List<Incident> matchingIncidents(Member member, String ccy) {
    return world.incidents().stream()
        .filter(each -> each.until() > each.from() && each.concerns(member.name(), ccy))
        .toList();
  }

  private Valuation valuationAt(Member member, String ccy, double asOf) {
    Map<String, BigDecimal> accounts = new HashMap<>();
    for (Account account : Account.values()) {
      double worth = member.worth(account, ccy, asOf, world.prices());
      accounts.put(account.name().toLowerCase(Locale.ROOT), decimal(worth, ccy));
    }
    double total = member.worth(ccy, asOf, world.prices()) * TOTAL;
    return new Valuation(ccy, decimal(total, ccy), accounts, at(asOf));
  }

  private static BigDecimal decimal(double value, String ccy) {
    return new BigDecimal(value).setScale(ccy.equals("BTC") ? 8 : 2, RoundingMode.HALF_EVEN);
  }
}
