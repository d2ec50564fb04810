package io.okxexporter.store;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One user; immutable.
 *
 * @param user who
 * @param units in the order of asking
 * @param budget whose budget it uses: that of another group where both are one User ID
 * @param pollInterval the interval at which a unit is really refreshed
 * @param traffic requests with this user's key
 * @param keyInfo what the key is and may do; null where not known
 * @param blocked whether we do not poll, since the key may trade and that is not allowed
 * @param nextRequest when it is asked for next, by our clock; null while it is not to be
 * @param uid whose values these are, according to the newest known key; null where not known
 */
public record UserView(
    User user,
    List<UnitView> units,
    RateLimitGroup budget,
    Duration pollInterval,
    RequestCounts traffic,
    @Nullable ApiKeyInfo keyInfo,
    boolean blocked,
    @Nullable Instant nextRequest,
    @Nullable String uid) {
  static UserView unknown(User user) {
    return new UserView(
        user,
        unknownUnits(user),
        user.rateLimitGroup(),
        Duration.ZERO,
        RequestCounts.from(Endpoint.ASSET_VALUATION),
        null,
        false,
        null,
        null);
  }

  private static List<UnitView> unknownUnits(User user) {
    return user.ccys().stream().map(UnitView::unknown).toList();
  }

  /**
   * The same user as it is configured now: its traffic stays, and what is known of its units unless
   * they are another account's. What the key is and may do is its own.
   */
  UserView as(User changed) {
    boolean sameAccounts =
        changed.baseUrl().equals(user.baseUrl()) && changed.demo() == user.demo();
    boolean sameKey =
        sameAccounts && changed.credentials().apiKey().equals(user.credentials().apiKey());
    Map<String, UnitView> known =
        sameAccounts
            ? units.stream().collect(Collectors.toMap(UnitView::ccy, unit -> unit))
            : Map.of();
    List<UnitView> newUnits =
        unknownUnits(changed).stream().map(unit -> known.getOrDefault(unit.ccy(), unit)).toList();
    return new UserView(
        changed,
        newUnits,
        budget,
        pollInterval,
        traffic,
        sameKey ? keyInfo : null,
        sameKey && blocked,
        nextRequest,
        sameAccounts ? uid : null);
  }

  UserView planned(RateLimitGroup newBudget, Duration newInterval) {
    return new UserView(
        user, units, newBudget, newInterval, traffic, keyInfo, blocked, nextRequest, uid);
  }

  UserView next(@Nullable Instant at) {
    return new UserView(user, units, budget, pollInterval, traffic, keyInfo, blocked, at, uid);
  }

  UserView counted(RequestCounts newTraffic) {
    return new UserView(
        user, units, budget, pollInterval, newTraffic, keyInfo, blocked, nextRequest, uid);
  }

  UserView valued(String ccy, Outcome<Valuation> outcome, Instant at, long nanoTime) {
    return counted(traffic.finished(Endpoint.ASSET_VALUATION, outcome))
        .eachUnit(unit -> unit.ccy().equals(ccy) ? unit.finished(outcome, at, nanoTime) : unit);
  }

  /** A key of another User ID than before has none of its values. */
  UserView identified(ApiKeyInfo newFacts, boolean nowRefused) {
    boolean another = uid != null && !uid.equals(newFacts.uid());
    List<UnitView> own = another ? unknownUnits(user) : units;
    return new UserView(
        user,
        own,
        budget,
        pollInterval,
        traffic,
        newFacts,
        nowRefused,
        nextRequest,
        newFacts.uid());
  }

  /** The same, seen at that time. */
  UserView at(Instant now, long nanoTime, Duration staleAfter, Duration skew) {
    return eachUnit(unit -> unit.at(now, nanoTime, staleAfter, skew));
  }

  private UserView eachUnit(UnaryOperator<UnitView> change) {
    List<UnitView> changed = units.stream().map(change).toList();
    return new UserView(
        user, changed, budget, pollInterval, traffic, keyInfo, blocked, nextRequest, uid);
  }

  /**
   * The metric {@code okx_up}. A unit that OKX does not accept says nothing about the user, unless
   * there is no other.
   */
  public boolean up() {
    List<UnitView> accepted =
        units.stream()
            .filter(unit -> unit.failing() == null || unit.failing().reason() != Reason.BAD_REQUEST)
            .toList();
    return !blocked
        && !accepted.isEmpty()
        && accepted.stream().allMatch(unit -> unit.failing() == null && unit.valuation() != null);
  }

  /** Whether any request of this user has finished, or none is to be made. */
  public boolean attempted() {
    return blocked || units.stream().anyMatch(unit -> unit.lastAttempt() != null);
  }
}
