package io.okxexporter.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacerTest {
  private static final Duration GAP = Duration.ofMillis(1020);
  private static final long MS = 1_000_000;

  private final Pacer pacer = new Pacer(GAP, 0);

  @Test
  void the_first_request_waits_two_gaps_for_what_the_previous_process_may_have_sent() {
    assertThat(pacer.earliest()).isEqualTo(2040 * MS);
  }

  @Test
  void the_next_request_waits_one_gap_after_the_previous_completed() {
    request(3000, 3400, false, Duration.ZERO);
    assertThat(pacer.earliest()).isEqualTo(4420 * MS);
  }

  @Test
  void after_k_lost_answers_in_a_row_the_next_waits_k_plus_one_gaps() {
    request(3000, 13_000, true, Duration.ZERO);
    assertThat(pacer.earliest()).isEqualTo((13_000 + 2 * 1020) * MS);
    request(20_000, 30_000, true, Duration.ZERO);
    assertThat(pacer.earliest()).isEqualTo((30_000 + 3 * 1020) * MS);
    request(40_000, 40_100, false, Duration.ZERO);
    assertThat(pacer.earliest()).isEqualTo((40_100 + 1020) * MS);
  }

  @Test
  void an_outage_of_hours_makes_no_wait_of_minutes() {
    for (int hour = 1; hour <= 24; hour++) {
      request(hour * 3_600_000L, hour * 3_600_000L, true, Duration.ZERO);
    }
    assertThat(pacer.earliest()).isEqualTo((24 * 3_600_000L + 11 * 1020) * MS);
  }

  @Test
  void a_longer_retry_after_is_honoured_and_a_shorter_one_shortens_nothing() {
    request(3000, 3000, false, Duration.ofSeconds(7));
    assertThat(pacer.earliest()).isEqualTo(10_000 * MS);
    request(11_000, 11_000, false, Duration.ofMillis(1));
    assertThat(pacer.earliest()).isEqualTo(12_020 * MS);
  }

  @Test
  void a_second_request_in_flight_is_a_bug() {
    pacer.started(3000 * MS);
    assertThatThrownBy(() -> pacer.started(9000 * MS)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_request_too_early_is_a_bug() {
    assertThatThrownBy(() -> pacer.started(2039 * MS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("started 1000000 ns too early");
  }

  private void request(long startMs, long endMs, boolean lost, Duration retryAfter) {
    pacer.started(startMs * MS);
    pacer.completed(endMs * MS, lost, retryAfter);
  }
}
