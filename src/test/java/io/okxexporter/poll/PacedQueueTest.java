package io.okxexporter.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacedQueueTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration GAP = Duration.ofSeconds(1);
  private static final Duration LATENCY = Duration.ofMillis(100);

  private final VirtualTime time = new VirtualTime(START);
  private final List<Long> starts = new ArrayList<>();

  @Test
  void the_next_starts_a_gap_after_the_one_before_ended() {
    enter(
        PacedQueue.withoutPredecessor(GAP, time, time::nanoTime), success(), success(), success());
    assertThat(starts).containsExactly(0L, 1_100L, 2_200L);
  }

  @Test
  void after_another_process_the_first_waits_two_gaps() {
    enter(PacedQueue.afterAnother(GAP, time, time::nanoTime), success(), success());
    assertThat(starts).containsExactly(2_000L, 3_100L);
  }

  @Test
  void a_lost_answer_and_okx_asking_for_patience_make_it_wait_longer() {
    Outcome<String> lost =
        new Outcome.Failure<>(Reason.TIMEOUT, null, "", Duration.ZERO, true, null);
    Outcome<String> retryLater =
        Outcome.Failure.answered(Reason.RATE_LIMITED, "50011", "", Duration.ofSeconds(5));
    enter(
        PacedQueue.withoutPredecessor(GAP, time, time::nanoTime),
        lost,
        lost,
        retryLater,
        success());
    assertThat(starts).containsExactly(0L, 2_100L, 5_200L, 10_300L);
  }

  @Test
  void a_gap_that_is_widened_holds_for_what_waits() {
    PacedQueue queue = PacedQueue.withoutPredecessor(GAP, time, time::nanoTime);
    queue.widen(Duration.ofSeconds(3));
    queue.widen(Duration.ofSeconds(2));
    enter(queue, success(), success());
    assertThat(starts).containsExactly(0L, 3_100L);
  }

  private void enter(PacedQueue queue, Outcome<?>... outcomes) {
    for (Outcome<?> outcome : outcomes) {
      queue.enter(
          completed -> {
            starts.add(Duration.between(START, time.now()).toMillis());
            time.schedule(() -> completed.accept(outcome), LATENCY);
          });
    }
    time.advance(Duration.ofMinutes(1));
  }

  private static Outcome<String> success() {
    return new Outcome.Success<>("");
  }
}
