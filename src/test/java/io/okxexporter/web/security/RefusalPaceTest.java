package io.okxexporter.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalPaceTest {
  private static final Duration WORK = Duration.ofMillis(100);

  private Duration now = Duration.ofDays(1);
  private final RefusalPace pace = new RefusalPace(() -> now.toNanos());

  @Test
  void a_single_refusal_goes_out_at_once() {
    for (int i = 0; i < 5; i++) {
      now = now.plusSeconds(1);
      assertThat(hold()).isZero();
    }
  }

  @Test
  void many_go_out_half_as_fast_as_they_are_found() {
    now = now.plusSeconds(1);
    for (int i = 0; i < 50; i++) {
      assertThat(hold()).isEqualTo(WORK.multipliedBy(i));
      now = now.plus(WORK);
    }
  }

  @Test
  void nobody_is_held_for_ever() {
    for (int i = 0; i < 1000; i++) {
      assertThat(hold()).isLessThanOrEqualTo(RefusalPace.MAX_HOLD);
    }
    assertThat(hold()).isEqualTo(RefusalPace.MAX_HOLD);
    now = now.plus(RefusalPace.MAX_HOLD).plus(WORK.multipliedBy(2));
    assertThat(hold()).isZero();
  }

  private Duration hold() {
    return pace.hold(WORK.toNanos());
  }
}
