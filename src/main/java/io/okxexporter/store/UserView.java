package io.okxexporter.store;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
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
 * The state of one user; immutable.
 *
 * @param user the user
 * @param units in polling order
 * @param budget the group whose budget it uses: another group's where both are one User ID
 * @param pollInterval the actual refresh interval of a unit
 * @param requests counts of the requests with this user's key
 * @param keyInfo the key's identity and permissions; null if unknown
 * @param blocked whether polls are off because the key may trade, which is not allowed
 * @param nextRequest when the next poll is due, by the local clock; null while none is
 * @param uid the User ID of the values, from the newest known key; null if unknown
 * @param ledgers what OKX's ledgers state
 * @param keyFailure why the newest request for the key failed; null if it succeeded or is not done
 */
public record UserView(
    User user,
    List<UnitView> units,
    RateLimitGroup budget,
    Duration pollInterval,
    RequestCounts requests,
    @Nullable ApiKeyInfo keyInfo,
    boolean blocked,
    @Nullable Instant nextRequest,
    @Nullable String uid,
    @Nullable Failure<?> keyFailure,
    LedgersView ledgers) {
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
        null,
        null,
        LedgersView.NONE);
  }

  private static List<UnitView> unknownUnits(User user) {
    return user.ccys().stream().map(UnitView::unknown).toList();
  }

  /**
   * Returns this state for a changed configuration. Counts are kept, values only for the same host
   * and trading mode, and key details only if the key is the same as well.
   */
  UserView reconfigured(User changed) {
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
        requests,
        sameKey ? keyInfo : null,
        sameKey && blocked,
        nextRequest,
        sameAccounts ? uid : null,
        sameAccounts && changed.credentials().equals(user.credentials()) ? keyFailure : null,
        sameAccounts ? ledgers : LedgersView.NONE);
  }

  UserView planned(RateLimitGroup newBudget, Duration newInterval) {
    return new UserView(
        user,
        units,
        newBudget,
        newInterval,
        requests,
        keyInfo,
        blocked,
        nextRequest,
        uid,
        keyFailure,
        ledgers);
  }

  UserView next(@Nullable Instant at) {
    return new UserView(
        user,
        units,
        budget,
        pollInterval,
        requests,
        keyInfo,
        blocked,
        at,
        uid,
        keyFailure,
        ledgers);
  }

  UserView counted(RequestCounts newRequests) {
    return new UserView(
        user,
        units,
        budget,
        pollInterval,
        newRequests,
        keyInfo,
        blocked,
        nextRequest,
        uid,
        keyFailure,
        ledgers);
  }

  UserView valued(String ccy, Outcome<Valuation> outcome, Instant at, long nanoTime) {
    return counted(requests.finished(Endpoint.ASSET_VALUATION, outcome))
        .eachUnit(unit -> unit.ccy().equals(ccy) ? unit.finished(outcome, at, nanoTime) : unit);
  }

  /** Discards all values if the key belongs to another User ID than before. */
  UserView identified(ApiKeyInfo newKeyInfo, boolean nowBlocked) {
    boolean otherUid = uid != null && !uid.equals(newKeyInfo.uid());
    List<UnitView> newUnits = otherUid ? unknownUnits(user) : units;
    return new UserView(
        user,
        newUnits,
        budget,
        pollInterval,
        requests,
        newKeyInfo,
        nowBlocked,
        nextRequest,
        newKeyInfo.uid(),
        null,
        otherUid ? LedgersView.NONE : ledgers);
  }

  /** Keeps what is known of the key. */
  UserView unidentified(Failure<?> failure) {
    return new UserView(
        user,
        units,
        budget,
        pollInterval,
        requests,
        keyInfo,
        blocked,
        nextRequest,
        uid,
        failure,
        ledgers);
  }

  /** Returns this user as of that time. */
  UserView at(Instant now, long nanoTime, Duration staleAfter, Duration skew) {
    return eachUnit(unit -> unit.at(now, nanoTime, staleAfter, skew))
        .ledgers(ledgers.at(now, nanoTime, staleAfter));
  }

  UserView ledgers(LedgersView newLedgers) {
    return new UserView(
        user,
        units,
        budget,
        pollInterval,
        requests,
        keyInfo,
        blocked,
        nextRequest,
        uid,
        keyFailure,
        newLedgers);
  }

  private UserView eachUnit(UnaryOperator<UnitView> change) {
    List<UnitView> changed = units.stream().map(change).toList();
    return new UserView(
        user,
        changed,
        budget,
        pollInterval,
        requests,
        keyInfo,
        blocked,
        nextRequest,
        uid,
        keyFailure,
        ledgers);
  }

  /**
   * The value of the metric {@code okx_up}. A unit that OKX rejects does not count, unless there is
   * no other.
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

  /** Whether any poll of this user has finished, or it is not polled. */
  public boolean attempted() {
    return blocked || units.stream().anyMatch(unit -> unit.lastAttempt() != null);
  }
}
