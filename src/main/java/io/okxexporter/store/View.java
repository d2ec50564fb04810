package io.okxexporter.store;

import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known at one instant; immutable.
 *
 * @param at the instant, by our wall clock
 * @param users in the order of the configuration
 */
public record View(Instant at, List<UserView> users) {
  /** Whether every user had its first attempt, whatever came of it. */
  public boolean everyoneWasAttempted() {
    return users.stream().allMatch(UserView::attempted);
  }

  /**
   * One user.
   *
   * @param user who
   * @param up the metric {@code okx_up}
   * @param units in the order of asking
   * @param pollInterval the interval at which a unit is really refreshed
   * @param requests requests sent so far
   * @param failures failed requests so far, every reason present
   * @param errors answers with an OKX code other than success so far, by known code or {@code
   *     other}
   */
  public record UserView(
      User user,
      boolean up,
      List<UnitView> units,
      Duration pollInterval,
      long requests,
      Map<Reason, Long> failures,
      Map<String, Long> errors) {
    /** Whether any request of this user has finished. */
    public boolean attempted() {
      return units.stream().anyMatch(unit -> unit.lastAttempt() != null);
    }
  }

  /**
   * One unit of one user.
   *
   * @param ccy the unit
   * @param valuation the newest; null before the first and once it is stale
   * @param updatedAt OKX's {@code ts} of the newest valuation, also once that is stale; null where
   *     unknown
   * @param age how old {@code updatedAt} is, negative if it lies ahead of us; null where unknown
   * @param lastSuccess when the newest successful request finished; null before the first
   * @param lastAttempt when the newest request finished; null before the first
   * @param failing how the newest request failed; null if it did not
   */
  public record UnitView(
      String ccy,
      @Nullable Valuation valuation,
      @Nullable Instant updatedAt,
      @Nullable Duration age,
      @Nullable Instant lastSuccess,
      @Nullable Instant lastAttempt,
      @Nullable Failure<Valuation> failing) {}
}
