package io.okxexporter.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestLimiterTest {
  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<String> started = new ArrayList<>();

  @Test
  void every_eleventh_place_goes_to_who_waits_patiently() {
    RequestLimiter limiter = limiter(10_000, 1);
    for (int i = 0; i < 25; i++) {
      enter(limiter, "a");
    }
    acquireInBackground(limiter, "P");
    acquireInBackground(limiter, "P");
    acquireInBackground(limiter, "P");
    for (int i = 0; i < 30; i++) {
      limiter.release();
    }
    assertThat(String.join("", started))
        .isEqualTo("a".repeat(10) + "P" + "a".repeat(10) + "P" + "aaaaaP");
  }

  @Test
  void patient_ones_leave_most_places_free() {
    RequestLimiter limiter = limiter(10_000, 100);
    for (int i = 0; i < 80; i++) {
      acquireInBackground(limiter, "P");
    }
    assertThat(started).hasSize(64);
    enter(limiter, "a");
    assertThat(started).hasSize(65).endsWith("a");
    limiter.releaseInBackground();
    assertThat(started).hasSize(66).endsWith("P");
    limiter.release();
    assertThat(started).hasSize(66);
  }

  @Test
  void who_has_nothing_to_send_any_more_takes_no_place() {
    RequestLimiter limiter = limiter(1, 1);
    limiter.acquire(() -> false);
    enter(limiter, "a");
    assertThat(started).containsExactly("a");
  }

  @Test
  void a_new_bound_holds_from_the_next_request_on() {
    RequestLimiter limiter = limiter(2, 100);
    enter(limiter, "a");
    limiter.setRate(2);
    enter(limiter, "b");
    time.advance(Duration.ofMillis(499));
    assertThat(started).containsExactly("a");
    time.advance(Duration.ofMillis(1));
    assertThat(started).containsExactly("a", "b");
    limiter.setRate(0.5);
    enter(limiter, "c");
    enter(limiter, "d");
    time.advance(Duration.ofMillis(999));
    assertThat(started).endsWith("b");
    time.advance(Duration.ofMillis(1));
    assertThat(started).endsWith("c");
    time.advance(Duration.ofMillis(1999));
    assertThat(started).endsWith("c");
    time.advance(Duration.ofMillis(1));
    assertThat(started).endsWith("d");
  }

  private RequestLimiter limiter(double perSecond, int maxInFlight) {
    long origin = time.nanoTime();
    return new RequestLimiter(perSecond, maxInFlight, time, () -> time.nanoTime() - origin);
  }

  private void enter(RequestLimiter limiter, String name) {
    limiter.acquire(() -> started.add(name));
  }

  private void acquireInBackground(RequestLimiter limiter, String name) {
    limiter.acquireInBackground(() -> started.add(name));
  }
}
