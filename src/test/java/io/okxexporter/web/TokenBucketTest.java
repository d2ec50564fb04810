package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.web.config.WebSettings.RateLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final RateLimit LIMIT = new RateLimit(Duration.ofSeconds(2), 3);

  private long now = Long.MAX_VALUE - 10; // a clock may wrap around
  private final TokenBucket bucket = new TokenBucket(() -> now);

  @Test
  void a_burst_and_then_one_per_interval() {
    assertThat(taken(LIMIT, 10)).isEqualTo(3);
    now += Duration.ofMillis(1999).toNanos();
    assertThat(taken(LIMIT, 10)).isZero();
    now += Duration.ofMillis(1).toNanos();
    assertThat(taken(LIMIT, 10)).isEqualTo(1);
    now += Duration.ofSeconds(4).toNanos();
    assertThat(taken(LIMIT, 10)).isEqualTo(2);
  }

  @Test
  void a_pause_saves_no_more_than_a_burst() {
    assertThat(taken(LIMIT, 1)).isEqualTo(1);
    now += Duration.ofDays(1).toNanos();
    assertThat(taken(LIMIT, 10)).isEqualTo(3);
  }

  @Test
  void a_changed_limit_holds_at_once() {
    assertThat(taken(LIMIT, 10)).isEqualTo(3);
    assertThat(taken(new RateLimit(Duration.ofSeconds(2), 5), 10)).isEqualTo(5);
    assertThat(taken(null, 10)).isEqualTo(10);
    assertThat(taken(new RateLimit(Duration.ZERO, 0), 10)).isEqualTo(10);
    assertThat(taken(new RateLimit(Duration.ofSeconds(1), 0), 10)).isZero();
  }

  private int taken(@org.jspecify.annotations.Nullable RateLimit limit, int count) {
    int taken = 0;
    for (int i = 0; i < count; i++) {
      taken += bucket.take(limit) ? 1 : 0;
    }
    return taken;
  }
}
