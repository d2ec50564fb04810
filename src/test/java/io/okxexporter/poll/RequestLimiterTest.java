package io.okxexporter.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.poll.RequestLimiter.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestLimiterTest {
  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<String> started = new ArrayList<>();

  @Test
  void diagnosis_gets_one_request_in_eleven() {
    RequestLimiter limiter = limiter(10_000, 1);
    enter(limiter, Purpose.VALUATION, 25);
    enter(limiter, Purpose.DIAGNOSIS, 3);
    releaseEach(limiter, 30);
    assertThat(String.join("", started))
        .isEqualTo("V".repeat(10) + "D" + "V".repeat(10) + "D" + "VVVVVD");
  }

  @Test
  void ledgers_get_a_third_with_withdrawals_first() {
    RequestLimiter limiter = limiter(10_000, 1);
    enter(limiter, Purpose.VALUATION, 12);
    enter(limiter, Purpose.LEDGER, 3);
    enter(limiter, Purpose.WITHDRAWALS, 2);
    releaseEach(limiter, 20);
    assertThat(String.join("", started)).isEqualTo("VVWVVWVVLVVLVVLVV");
  }

  /** A key whose User ID is not known yet is neither polled nor read. */
  @Test
  void diagnosis_gets_what_valuations_and_the_ledgers_third_leave() {
    RequestLimiter limiter = limiter(10_000, 1);
    enter(limiter, Purpose.DIAGNOSIS, 4);
    enter(limiter, Purpose.LEDGER, 5);
    releaseEach(limiter, 20);
    assertThat(String.join("", started)).isEqualTo("DDLDDLLLL");
  }

  @Test
  void valuations_get_what_ledgers_and_diagnosis_leave() {
    RequestLimiter limiter = limiter(10_000, 1);
    enter(limiter, Purpose.VALUATION, 40);
    enter(limiter, Purpose.LEDGER, 40);
    enter(limiter, Purpose.DIAGNOSIS, 40);
    releaseEach(limiter, 32);
    assertThat(Collections.frequency(started, "L")).isBetween(9, 11);
    assertThat(Collections.frequency(started, "D")).isBetween(2, 3);
    assertThat(Collections.frequency(started, "V")).isGreaterThanOrEqualTo(19);
  }

  @Test
  void neither_ledgers_nor_diagnosis_that_hang_keep_valuations_waiting() {
    RequestLimiter limiter = limiter(10_000, 256);
    enter(limiter, Purpose.DIAGNOSIS, 80);
    enter(limiter, Purpose.WITHDRAWALS, 80);
    enter(limiter, Purpose.LEDGER, 80);
    assertThat(started).hasSize(3 * 64);
    enter(limiter, Purpose.VALUATION, 1);
    assertThat(started).endsWith("V");
    limiter.release(Purpose.DIAGNOSIS);
    assertThat(started).endsWith("D");
    limiter.release(Purpose.WITHDRAWALS);
    assertThat(started).endsWith("W");
    limiter.release(Purpose.LEDGER);
    assertThat(started).endsWith("L");
  }

  @Test
  void withdrawals_leave_other_ledgers_one_request_in_four() {
    RequestLimiter limiter = limiter(10_000, 1);
    enter(limiter, Purpose.WITHDRAWALS, 20);
    enter(limiter, Purpose.LEDGER, 3);
    releaseEach(limiter, 11);
    assertThat(String.join("", started)).isEqualTo("WWWLWWWLWWWL");
  }

  @Test
  void a_request_with_nothing_to_send_takes_no_place() {
    RequestLimiter limiter = limiter(1, 1);
    limiter.acquire(Purpose.VALUATION, () -> false);
    enter(limiter, "a");
    assertThat(started).containsExactly("a");
  }

  @Test
  void a_new_limit_holds_from_the_next_request_on() {
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
    limiter.acquire(Purpose.VALUATION, () -> started.add(name));
  }

  private void enter(RequestLimiter limiter, Purpose purpose, int times) {
    for (int i = 0; i < times; i++) {
      limiter.acquire(purpose, () -> started.add(purpose.name().substring(0, 1)));
    }
  }

  /** Releases the newest request, as often as given. */
  private void releaseEach(RequestLimiter limiter, int times) {
    for (int i = 0; i < times && i < started.size(); i++) {
      String newest = started.get(started.size() - 1);
      limiter.release(
          Arrays.stream(Purpose.values())
              .filter(purpose -> purpose.name().startsWith(newest))
              .findFirst()
              .orElseThrow());
    }
  }
}
