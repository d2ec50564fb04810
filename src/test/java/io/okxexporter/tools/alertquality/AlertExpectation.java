package io.okxexporter.tools.alertquality;

import static io.okxexporter.tools.alertquality.IncidentType.ADDRESS_BLOCKED;
import static io.okxexporter.tools.alertquality.IncidentType.BELOW_FLOOR;
import static io.okxexporter.tools.alertquality.IncidentType.BELOW_PEAK;
import static io.okxexporter.tools.alertquality.IncidentType.CLOCK_OFF;
import static io.okxexporter.tools.alertquality.IncidentType.DRAWDOWN;
import static io.okxexporter.tools.alertquality.IncidentType.EMPTIED;
import static io.okxexporter.tools.alertquality.IncidentType.FROZEN;
import static io.okxexporter.tools.alertquality.IncidentType.KEY_REFUSED;
import static io.okxexporter.tools.alertquality.IncidentType.LATE;
import static io.okxexporter.tools.alertquality.IncidentType.LIQUIDATION;
import static io.okxexporter.tools.alertquality.IncidentType.MARKET_DIP;
import static io.okxexporter.tools.alertquality.IncidentType.MARKET_LOSS;
import static io.okxexporter.tools.alertquality.IncidentType.MISSING_SCRAPES;
import static io.okxexporter.tools.alertquality.IncidentType.NOT_HELD;
import static io.okxexporter.tools.alertquality.IncidentType.NOT_SCRAPED;
import static io.okxexporter.tools.alertquality.IncidentType.OUTAGE;
import static io.okxexporter.tools.alertquality.IncidentType.RATE_LIMITED;
import static io.okxexporter.tools.alertquality.IncidentType.RENAME;
import static io.okxexporter.tools.alertquality.IncidentType.SUBSCRIPTION;
import static io.okxexporter.tools.alertquality.IncidentType.SUB_TRANSFER;
import static io.okxexporter.tools.alertquality.IncidentType.TRADING_KEY;
import static io.okxexporter.tools.alertquality.IncidentType.TRANSFER;
import static io.okxexporter.tools.alertquality.IncidentType.UNIT_FAILING;
import static io.okxexporter.tools.alertquality.IncidentType.WITHDRAWAL;

import java.util.List;
import java.util.Set;

/**
 * The incidents that justify an alert, and those that it must detect.
 *
 * @param causes incidents that justify it
 * @param slack the minutes after a cause during which it is still justified
 * @param required incidents it must detect
 * @param minMinutes the shortest such incident in minutes
 */
record AlertExpectation(
    String alert, Set<IncidentType> causes, int slack, Set<IncidentType> required, int minMinutes) {
  static final List<AlertExpectation> ALL =
      List.of(
          // Slack of these three: a frozen OKX may still show an earlier value.
          new AlertExpectation("OkxValuationDrop", Set.of(MARKET_DIP), 60, Set.of(MARKET_LOSS), 12),
          new AlertExpectation("OkxDrawdown", Set.of(BELOW_PEAK), 60, Set.of(DRAWDOWN), 20),
          new AlertExpectation(
              "OkxBalanceBelowFloor", Set.of(BELOW_FLOOR), 60, Set.of(BELOW_FLOOR), 12),
          new AlertExpectation(
              "OkxAccountEmptied",
              Set.of(TRANSFER, WITHDRAWAL, SUB_TRANSFER, SUBSCRIPTION, LIQUIDATION),
              75,
              Set.of(EMPTIED),
              12),
          new AlertExpectation(
              "OkxDataStale",
              Set.of(
                  OUTAGE, UNIT_FAILING, KEY_REFUSED, ADDRESS_BLOCKED, RATE_LIMITED, FROZEN, LATE),
              10,
              Set.of(OUTAGE, UNIT_FAILING, KEY_REFUSED, ADDRESS_BLOCKED, FROZEN),
              13),
          new AlertExpectation(
              "OkxValuationMissing",
              Set.of(OUTAGE, UNIT_FAILING, KEY_REFUSED, ADDRESS_BLOCKED, RATE_LIMITED),
              10,
              Set.of(OUTAGE, UNIT_FAILING, KEY_REFUSED, ADDRESS_BLOCKED),
              30),
          new AlertExpectation(
              "OkxExporterDown", Set.of(MISSING_SCRAPES), 10, Set.of(MISSING_SCRAPES), 8),
          new AlertExpectation(
              "OkxExporterAbsent", Set.of(NOT_SCRAPED), 10, Set.of(NOT_SCRAPED), 13),
          new AlertExpectation("OkxKeyRefused", Set.of(KEY_REFUSED), 10, Set.of(KEY_REFUSED), 10),
          new AlertExpectation(
              "OkxBlocked", Set.of(ADDRESS_BLOCKED), 10, Set.of(ADDRESS_BLOCKED), 10),
          new AlertExpectation(
              "OkxRateLimited", Set.of(RATE_LIMITED), 35, Set.of(RATE_LIMITED), 25),
          new AlertExpectation("OkxClockSkew", Set.of(CLOCK_OFF), 15, Set.of(CLOCK_OFF), 13),
          new AlertExpectation("OkxTradingKey", Set.of(TRADING_KEY), 75, Set.of(TRADING_KEY), 20),
          new AlertExpectation("OkxMaintenance", Set.of(OUTAGE), 10, Set.of(OUTAGE), 4),
          new AlertExpectation("OkxUserNotHeld", Set.of(NOT_HELD), 10, Set.of(NOT_HELD), 6),
          // While an old process keeps running after its successor has started, there are two.
          new AlertExpectation("OkxUserHeldTwice", Set.of(RENAME), 20, Set.of(RENAME), 4),
          new AlertExpectation("OkxUserIdHeldTwice", Set.of(RENAME), 20, Set.of(RENAME), 4));

  boolean isJustifiedBy(Incident incident, int minute) {
    return causes.contains(incident.type())
        && incident.within((minute - slack) * 60L, minute * 60L);
  }

  boolean mustDetect(Incident incident) {
    return required.contains(incident.type())
        && incident.until() - incident.from() >= minMinutes * 60L;
  }
}
