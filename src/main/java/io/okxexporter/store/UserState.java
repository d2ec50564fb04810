package io.okxexporter.store;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.KeyFacts;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.RateLimitGroup;
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

/**
 * What is known of one user; immutable. The components are those of {@link UserView}, but for one.
 *
 * @param uid whose values these are, as far as a key has told; null where not known
 */
record UserState(
    User user,
    List<UnitState> units,
    RateLimitGroup budget,
    Duration pollInterval,
    Traffic traffic,
    @Nullable KeyFacts facts,
    boolean refused,
    @Nullable Instant nextRequest,
    @Nullable String uid) {
  static UserState unknown(User user) {
    return new UserState(
        user,
        user.ccys().stream().map(UnitState::unknown).toList(),
        user.rateLimitGroup(),
        Duration.ZERO,
        Traffic.from(Endpoint.ASSET_VALUATION),
        null,
        false,
        null,
        null);
  }

  /**
   * The same user as it is configured now: its traffic stays, and what is known of its units unless
   * they are another account's. What the key is and may do is its own.
   */
  UserState as(User changed) {
    boolean sameAccounts =
        changed.baseUrl().equals(user.baseUrl()) && changed.demo() == user.demo();
    boolean sameKey =
        sameAccounts && changed.credentials().apiKey().equals(user.credentials().apiKey());
    Map<String, UnitState> known =
        sameAccounts
            ? units.stream().collect(Collectors.toMap(UnitState::ccy, unit -> unit))
            : Map.of();
    List<UnitState> newUnits =
        changed.ccys().stream()
            .map(ccy -> known.getOrDefault(ccy, UnitState.unknown(ccy)))
            .toList();
    return new UserState(
        changed,
        newUnits,
        budget,
        pollInterval,
        traffic,
        sameKey ? facts : null,
        sameKey && refused,
        nextRequest,
        sameAccounts ? uid : null);
  }

  UserState planned(RateLimitGroup budget, Duration pollInterval) {
    return new UserState(
        user, units, budget, pollInterval, traffic, facts, refused, nextRequest, uid);
  }

  UserState next(@Nullable Instant at) {
    return new UserState(user, units, budget, pollInterval, traffic, facts, refused, at, uid);
  }

  UserState counted(Traffic traffic) {
    return new UserState(
        user, units, budget, pollInterval, traffic, facts, refused, nextRequest, uid);
  }

  UserState valued(String ccy, Outcome<Valuation> outcome, Instant at, long nanoTime) {
    List<UnitState> newUnits =
        units.stream()
            .map(unit -> unit.ccy().equals(ccy) ? unit.finished(outcome, at, nanoTime) : unit)
            .toList();
    Traffic newTraffic = traffic.finished(Endpoint.ASSET_VALUATION, outcome);
    return new UserState(
        user, newUnits, budget, pollInterval, newTraffic, facts, refused, nextRequest, uid);
  }

  /** A key of another User ID than before has none of its values. */
  UserState identified(KeyFacts facts, boolean refused) {
    boolean another = uid != null && !uid.equals(facts.uid());
    List<UnitState> own = another ? user.ccys().stream().map(UnitState::unknown).toList() : units;
    return new UserState(
        user, own, budget, pollInterval, traffic, facts, refused, nextRequest, facts.uid());
  }

  UserView view(Instant at, long nanoTime, Duration staleAfter, Duration skew) {
    List<UnitView> views =
        units.stream().map(unit -> unit.view(at, nanoTime, staleAfter, skew)).toList();
    return new UserView(
        user,
        !refused && up(views),
        views,
        budget,
        pollInterval,
        traffic,
        facts,
        refused,
        nextRequest);
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
