package io.okxexporter.poll;

import static io.okxexporter.fixture.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Two units every 10 s. */
class UserScheduleTest {
  private static final long SECOND = 1_000_000_000;

  private final UserSchedule rounds =
      new UserSchedule(
          user("a", "USDT", "BTC"),
          Duration.ofSeconds(10),
          0,
          new Backoff(BackoffTest.always(0.5)),
          false);

  @Test
  void a_turn_asks_each_unit_once_also_when_the_last_one_was_not_finished() {
    rounds.beginTurn(SECOND);
    assertThat(next()).isEqualTo("USDT");
    rounds.beginTurn(SECOND);
    assertThat(next()).isEqualTo("BTC");
    assertThat(next()).isEqualTo("USDT");
    assertThat(rounds.nextInTurn()).isNull();
  }

  @Test
  void being_held_ends_the_turn_and_being_let_go_does_not() {
    rounds.beginTurn(SECOND);
    rounds.pause(false);
    assertThat(next()).isEqualTo("USDT");
    rounds.pause(true);
    assertThat(rounds.nextInTurn()).isNull();
    assertThat(rounds.due()).isEqualTo(Budget.NEVER);
    rounds.pause(false);
    assertThat(rounds.due()).isZero();
  }

  @Test
  void who_waits_for_the_clock_goes_on_when_it_was_measured() {
    rounds.beginTurn(SECOND);
    rounds.succeeded(Objects.requireNonNull(rounds.nextInTurn()));
    rounds.succeeded(Objects.requireNonNull(rounds.nextInTurn()));
    assertThat(rounds.clockMeasured(2 * SECOND)).isFalse();
    assertThat(rounds.due()).isEqualTo(10 * SECOND);
    rounds.awaitClock(20 * SECOND);
    assertThat(rounds.due()).isEqualTo(20 * SECOND);
    assertThat(rounds.clockMeasured(5 * SECOND)).isTrue();
    assertThat(rounds.due()).isEqualTo(5 * SECOND);
    assertThat(rounds.clockMeasured(6 * SECOND)).isFalse();
  }

  @Test
  void waiting_for_the_clock_ends_the_turn() {
    rounds.beginTurn(SECOND);
    rounds.awaitClock(20 * SECOND);
    assertThat(rounds.nextInTurn()).isNull();
  }

  private String next() {
    return Objects.requireNonNull(rounds.nextInTurn()).ccy();
  }
}
