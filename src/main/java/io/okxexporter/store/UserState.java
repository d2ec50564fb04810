package io.okxexporter.store;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.KeyFacts;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.store.View.UnitView;
import io.okxexporter.store.View.UserView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of one user; immutable. The components are those of {@link UserView}. */
record UserState(
    User user,
    List<UnitState> units,
    Duration pollInterval,
    Traffic traffic,
    @Nullable KeyFacts facts,
    boolean refused,
    @Nullable Instant nextRequest) {
  static UserState unknown(User user) {
    return new UserState(
        user,
        user.ccys().stream().map(UnitState::unknown).toList(),
        Duration.ZERO,
        Traffic.from(Endpoint.ASSET_VALUATION),
        null,
        false,
        null);
  }

  /** The same user as it is configured now: what is known of its units and its traffic stays. */
  UserState as(User changed) {
    Map<String, UnitState> known =
        units.stream().collect(Collectors.toMap(UnitState::ccy, unit -> unit));
    List<UnitState> newUnits =
        changed.ccys().stream()
            .map(ccy -> known.getOrDefault(ccy, UnitState.unknown(ccy)))
            .toList();
    boolean sameKey = changed.credentials().apiKey().equals(user.credentials().apiKey());
    return new UserState(
        changed,
        newUnits,
        pollInterval,
        traffic,
        sameKey ? facts : null,
        sameKey && refused,
        nextRequest);
  }

  UserState planned(Duration pollInterval) {
    return new UserState(user, units, pollInterval, traffic, facts, refused, nextRequest);
  }

  UserState next(@Nullable Instant at) {
    return new UserState(user, units, pollInterval, traffic, facts, refused, at);
  }

  UserState counted(Traffic traffic) {
    return new UserState(user, units, pollInterval, traffic, facts, refused, nextRequest);
  }

  UserState valued(String ccy, Outcome<Valuation> outcome, Instant at, long nanoTime) {
    List<UnitState> newUnits =
        units.stream()
            .map(unit -> unit.ccy().equals(ccy) ? unit.finished(outcome, at, nanoTime) : unit)
            .toList();
    Traffic newTraffic = traffic.finished(Endpoint.ASSET_VALUATION, outcome);
    return new UserState(user, newUnits, pollInterval, newTraffic, facts, refused, nextRequest);
  }

  UserState identified(KeyFacts facts, boolean refused) {
    return new UserState(user, units, pollInterval, traffic, facts, refused, nextRequest);
  }

  UserView view(Instant at, long nanoTime, Duration staleAfter, Duration skew) {
    List<UnitView> views =
        units.stream().map(unit -> unit.view(at, nanoTime, staleAfter, skew)).toList();
    return new UserView(
        user, !refused && up(views), views, pollInterval, traffic, facts, refused, nextRequest);
  }

  /** A unit that OKX does not accept says nothing about the user, unless there is no other. */
  private static boolean up(List<UnitView> units) {
    List<UnitView> accepted =
        units.stream()
            .filter(unit -> unit.failing() == null || unit.failing().reason() != Reason.BAD_REQUEST)
            .toList();
    return !accepted.isEmpty()
        && accepted.stream().allMatch(unit -> unit.failing() == null && unit.valuation() != null);
  }
}
