package io.okxexporter.poll;

import static io.okxexporter.fixture.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.poll.Budget.PollRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Turns and waits within one User ID; the gap is a second, and all times are in seconds. */
class BudgetTest {
  private static final long SECOND = 1_000_000_000;
  private static final Duration GAP = Duration.ofSeconds(1);
  private static final User A = user("a", "USDT");
  private static final User B = user("b", "USDT");
  private static final User C = user("c", "USDT");

  private final UserSchedule a = schedule(A, 0);
  private final UserSchedule b = schedule(B, 0);
  private final UserSchedule c = schedule(C, 0);
  private final Budget budget = new Budget(List.of(a, b, c), GAP, Duration.ofSeconds(10), 0);

  @Test
  void one_request_is_in_flight_at_a_time() {
    assertThat(budget.busy()).isFalse();
    PollRequest poll = budget.start(2 * SECOND);
    assertThat(budget.busy()).isTrue();
    succeed(poll, 3);
    assertThat(budget.busy()).isFalse();
    assertThat(budget.readyAt()).isEqualTo(4 * SECOND);
  }

  @Test
  void users_take_turns_and_who_has_nothing_due_is_passed_over() {
    assertThat(List.of(nextUser(2), nextUser(4))).containsExactly(A, B);
    c.setPaused(true);
    assertThat(nextUser(10)).isEqualTo(A);
    c.setPaused(false);
    assertThat(List.of(nextUser(12), nextUser(14), nextUser(20))).containsExactly(B, C, A);
  }

  @Test
  void a_refusal_for_the_rate_holds_back_also_who_is_due() {
    PollRequest poll = budget.start(2 * SECOND);
    fail(poll, Reason.RATE_LIMITED, 3);
    assertThat(b.due()).isZero();
    assertThat(budget.readyAt()).isEqualTo((3 + 1 + 2) * SECOND);
  }

  @Test
  void another_failure_holds_back_nobody_else() {
    PollRequest poll = budget.start(2 * SECOND);
    fail(poll, Reason.UNAVAILABLE, 3);
    assertThat(budget.readyAt()).isEqualTo(4 * SECOND);
    assertThat(budget.nextPollOf(a)).isEqualTo((3 + 1 + 2) * SECOND);
    assertThat(budget.nextPollOf(b)).isEqualTo(4 * SECOND);
  }

  @Test
  void at_rest_nobody_is_asked() {
    assertThat(budget.nextPollOf(b)).isEqualTo(2 * SECOND);
    budget.setSuspended(true);
    assertThat(budget.nextPollOf(b)).isEqualTo(Budget.NEVER);
    assertThat(budget.readyAt()).isEqualTo(Budget.NEVER);
    budget.setSuspended(false);
    assertThat(budget.readyAt()).isEqualTo(2 * SECOND);
    b.setPaused(true);
    assertThat(budget.nextPollOf(b)).isEqualTo(Budget.NEVER);
  }

  @Test
  void a_new_ticket_voids_the_old_one() {
    long first = budget.newTicket();
    assertThat(budget.isCurrent(first)).isTrue();
    long second = budget.newTicket();
    assertThat(budget.isCurrent(first)).isFalse();
    assertThat(budget.isCurrent(second)).isTrue();
    budget.setSuspended(true);
    assertThat(budget.isCurrent(second)).isFalse();
  }

  @Test
  void every_user_has_rounds_of_its_own() {
    assertThat(budget.schedule(B)).isSameAs(b);
    assertThat(budget.users()).containsExactly(A, B, C);
  }

  @Test
  void the_interval_follows_the_latency_slowly() {
    Budget one = new Budget(List.of(a), GAP, Duration.ofMillis(1100), 0);
    assertThat(one.refreshInterval()).isEqualTo(Duration.ofMillis(1100));
    one.completed(one.start(2 * SECOND), new Success<>(""), Duration.ofMillis(200), 2 * SECOND);
    assertThat(one.refreshInterval()).isEqualTo(Duration.ofMillis(1200));
    one.completed(one.start(10 * SECOND), new Success<>(""), Duration.ofMillis(700), 10 * SECOND);
    assertThat(one.refreshInterval()).isEqualTo(Duration.ofMillis(1300));
  }

  @Test
  void who_joins_brings_users_requests_in_flight_and_waits() {
    UserSchedule schedule = schedule(user("d", "USDT", "BTC"), 0);
    Budget other = new Budget(List.of(schedule), Duration.ofSeconds(3), GAP, 0);
    long ticket = other.newTicket();
    PollRequest poll = other.start(6 * SECOND);
    assertThat(budget.wasJoined()).isFalse();
    budget.join(other);
    assertThat(budget.wasJoined()).isTrue();
    assertThat(other.isCurrent(ticket)).isFalse();
    assertThat(budget.users()).contains(schedule.user()).hasSize(4);
    assertThat(budget.busy()).isTrue();
    assertThat(budget.refreshInterval()).isEqualTo(Duration.ofSeconds(5 * 3));
    budget.completed(poll, new Success<>(""), Duration.ofMillis(200), 7 * SECOND);
    assertThat(budget.busy()).isFalse();
    assertThat(budget.readyAt()).isEqualTo((7 + 3) * SECOND);
  }

  @Test
  void who_joins_brings_its_wait_also_with_no_request_in_flight() {
    budget.join(new Budget(List.of(schedule(user("d", "USDT"), 0)), Duration.ofSeconds(3), GAP, 0));
    assertThat(budget.readyAt()).isEqualTo(6 * SECOND);
  }

  @Test
  void a_budget_waits_as_long_as_the_one_it_replaces() {
    Budget done = new Budget(List.of(a), Duration.ofSeconds(4), GAP, 0);
    budget.waitFor(done);
    assertThat(budget.readyAt()).isEqualTo(8 * SECOND);
  }

  @Test
  void it_fits_while_all_its_users_are_there_and_share_with_nobody_else() {
    assertThat(budget.fits(Map.of(A, List.of(A), B, List.of(B), C, List.of(C)))).isTrue();
    assertThat(budget.fits(Map.of(A, List.of(A), B, List.of(B)))).isFalse();
    User d = user("d", "USDT");
    assertThat(
            budget.fits(Map.of(A, List.of(A), B, List.of(B), C, List.of(C, d), d, List.of(C, d))))
        .isFalse();
  }

  @Test
  void late_rounds_shift_no_later_ones() {
    UserSchedule schedule = schedule(A, 4 * SECOND);
    schedule.beginTurn(13 * SECOND);
    schedule.succeeded(Objects.requireNonNull(schedule.nextInTurn()));
    assertThat(schedule.due()).isEqualTo(14 * SECOND);
    schedule.beginTurn(37 * SECOND);
    assertThat(schedule.nextInTurn()).isNotNull();
    schedule.beginTurn(38 * SECOND);
    schedule.succeeded(Objects.requireNonNull(schedule.nextInTurn()));
    assertThat(schedule.due()).isEqualTo(44 * SECOND);
  }

  private User nextUser(long second) {
    PollRequest poll = budget.start(second * SECOND);
    succeed(poll, second);
    return poll.user();
  }

  private void succeed(PollRequest poll, long second) {
    budget.completed(poll, new Success<>(""), Duration.ofMillis(100), second * SECOND);
  }

  private void fail(PollRequest poll, Reason reason, long second) {
    Failure<String> failure = Failure.answered(reason, null, "", Duration.ZERO);
    budget.completed(poll, failure, Duration.ofMillis(100), second * SECOND);
  }

  private static UserSchedule schedule(User user, long phase) {
    Backoff backoff = new Backoff(BackoffTest.always(0.5));
    return new UserSchedule(user, Duration.ofSeconds(10), phase, backoff, false);
  }
}
