package io.okxexporter.store;

import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.store.View.UnitView;
import io.okxexporter.store.View.UserView;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known of one user; immutable. The components are those of {@link UserView}. */
record UserState(
    User user,
    List<UnitState> units,
    Duration pollInterval,
    long requests,
    Map<Reason, Long> failures,
    Map<String, Long> errors) {
  private static final String OTHER_CODE = "other";

  static UserState unknown(User user) {
    Map<Reason, Long> noFailures = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      noFailures.put(reason, 0L);
    }
    return new UserState(
        user,
        user.ccys().stream().map(UnitState::unknown).toList(),
        Duration.ZERO,
        0,
        Collections.unmodifiableMap(noFailures),
        Map.of());
  }

  UserState planned(Duration pollInterval) {
    return new UserState(user, units, pollInterval, requests, failures, errors);
  }

  UserState sent() {
    return new UserState(user, units, pollInterval, requests + 1, failures, errors);
  }

  UserState finished(String ccy, Outcome<Valuation> outcome, Instant at, long nanoTime) {
    List<UnitState> newUnits =
        units.stream()
            .map(unit -> unit.ccy().equals(ccy) ? unit.finished(outcome, at, nanoTime) : unit)
            .toList();
    UserState next = new UserState(user, newUnits, pollInterval, requests, failures, errors);
    return outcome instanceof Failure<?> failure ? next.counted(failure) : next;
  }

  private UserState counted(Failure<?> failure) {
    Map<Reason, Long> newFailures = new EnumMap<>(failures);
    newFailures.merge(failure.reason(), 1L, Long::sum);
    Map<String, Long> newErrors = errors;
    if (failure.code() != null) {
      newErrors = new TreeMap<>(errors);
      newErrors.merge(known(failure.code()), 1L, Long::sum);
    }
    return new UserState(
        user,
        units,
        pollInterval,
        requests,
        Collections.unmodifiableMap(newFailures),
        Collections.unmodifiableMap(newErrors));
  }

  /** OKX could send any code; a label must not take any value. */
  private static String known(String code) {
    return Reason.ofCode(code).isPresent() ? code : OTHER_CODE;
  }

  UserView view(Instant at, long nanoTime, Duration staleAfter) {
    List<UnitView> views = units.stream().map(unit -> unit.view(at, nanoTime, staleAfter)).toList();
    return new UserView(user, up(views), views, pollInterval, requests, failures, errors);
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
