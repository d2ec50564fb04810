package io.okxexporter.poll;

import static io.okxexporter.fixture.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A user with two units, polled every 10 s. */
class UserScheduleTest {
  private static final long SECOND = 1_000_000_000;

  private final UserSchedule schedule =
      new UserSchedule(
          user("a", "USDT", "BTC"),
          Duration.ofSeconds(10),
          0,
          new Backoff(BackoffTest.always(0.5)),
          false);

  @Test
  void a_turn_asks_each_unit_once_also_when_the_last_one_was_not_finished() {
    schedule.beginTurn(SECOND);
    assertThat(next()).isEqualTo("USDT");
    schedule.beginTurn(SECOND);
    assertThat(next()).isEqualTo("BTC");
    assertThat(next()).isEqualTo("USDT");
    assertThat(schedule.nextInTurn()).isNull();
  }

  @Test
  void being_held_ends_the_turn_and_being_let_go_does_not() {
    schedule.beginTurn(SECOND);
    schedule.setPaused(false);
    assertThat(next()).isEqualTo("USDT");
    schedule.setPaused(true);
    assertThat(schedule.nextInTurn()).isNull();
    assertThat(schedule.due()).isEqualTo(Budget.NEVER);
    schedule.setPaused(false);
    assertThat(schedule.due()).isZero();
  }

  @Test
  void who_waits_for_the_clock_goes_on_when_it_was_measured() {
    schedule.beginTurn(SECOND);
    schedule.succeeded(Objects.requireNonNull(schedule.nextInTurn()));
    schedule.succeeded(Objects.requireNonNull(schedule.nextInTurn()));
    assertThat(schedule.clockMeasured(2 * SECOND)).isFalse();
    assertThat(schedule.due()).isEqualTo(10 * SECOND);
    schedule.awaitClock(20 * SECOND);
    assertThat(schedule.due()).isEqualTo(20 * SECOND);
    assertThat(schedule.clockMeasured(5 * SECOND)).isTrue();
    assertThat(schedule.due()).isEqualTo(5 * SECOND);
    assertThat(schedule.clockMeasured(6 * SECOND)).isFalse();
  }

  @Test
  void waiting_for_the_clock_ends_the_turn() {
    schedule.beginTurn(SECOND);
    schedule.awaitClock(20 * SECOND);
    assertThat(schedule.nextInTurn()).isNull();
  }

  private String next() {
    return Objects.requireNonNull(schedule.nextInTurn()).ccy();
  }
}
