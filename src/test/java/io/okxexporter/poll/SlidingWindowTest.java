package io.okxexporter.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SlidingWindowTest {
  private static final long SECOND = 1_000_000_000;

  @Property(tries = 200)
  void no_second_holds_more_starts_than_the_rate_and_no_part_of_it_a_wave(
      @ForAll @IntRange(min = 1, max = 200) int rate,
      @ForAll @Size(max = 600) List<@IntRange(max = 300) Integer> idleMs) {
    SlidingWindow window = new SlidingWindow(rate, 0);
    List<Long> starts = new ArrayList<>();
    long now = 0;
    for (int idle : idleMs) {
      now = Math.max(now + idle * 1_000_000L, window.earliest());
      window.started(now);
      starts.add(now);
    }
    assertApart(starts, rate, SECOND);
    int atOnce = Math.max(1, rate / 50);
    assertApart(starts, atOnce, atOnce * SECOND / rate);
  }

  private static void assertApart(List<Long> starts, int count, long nanos) {
    for (int i = count; i < starts.size(); i++) {
      assertThat(starts.get(i) - starts.get(i - count)).isGreaterThanOrEqualTo(nanos);
    }
  }

  @Property(tries = 200)
  void nor_does_any_second_of_a_crowd(@ForAll @IntRange(min = 1, max = 500) int rate) {
    SlidingWindow window = new SlidingWindow(rate, 0);
    List<Long> starts = new ArrayList<>();
    for (int i = 0; i < 3 * rate; i++) {
      starts.add(window.earliest());
      window.started(window.earliest());
    }
    assertApart(starts, rate, SECOND);
  }

  @Property(tries = 100)
  void a_rate_is_used_to_the_full(@ForAll @DoubleRange(min = 0.05, max = 500) double rate) {
    SlidingWindow window = new SlidingWindow(rate, 0);
    long now = 0;
    int starts = 20_000;
    for (int i = 0; i < starts; i++) {
      now = Math.max(now, window.earliest());
      window.started(now);
    }
    assertThat((starts - Math.max(1, Math.floor(rate / 50))) / (now / 1e9))
        .isBetween(0.99 * rate, 1.0001 * rate);
  }

  @Example
  void nothing_starts_before_it_may() {
    SlidingWindow window = new SlidingWindow(100, 5);
    assertThat(window.earliest()).isEqualTo(5);
    window.started(7);
    assertThat(window.earliest()).isEqualTo(5);
    assertThat(window.free()).isEqualTo(7 + SECOND);
  }
}
