package io.okxexporter.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

public class BackoffTest {
  @Property
  void doubles_from_2_s_to_60_s_within_20_percent(
      @ForAll @IntRange(min = 1, max = 1_000_000) int failures, @ForAll long seed) {
    double expected = Math.min(2 * Math.pow(2, failures - 1), 60);
    double seconds = new Backoff(new Random(seed)).afterFailures(failures) / 1e9;
    assertThat(seconds).isBetween(0.8 * expected, 1.2 * expected);
  }

  @Property(tries = 20)
  void what_a_human_must_mend_is_tried_about_once_a_minute(@ForAll long seed) {
    assertThat(Duration.ofNanos(new Backoff(new Random(seed)).untilFixed()))
        .isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
  }

  @Property(tries = 1)
  void the_jitter_uses_its_whole_range() {
    assertThat(new Backoff(always(0)).untilFixed()).isEqualTo(48_000_000_000L);
    assertThat(new Backoff(always(0.5)).afterFailures(3)).isEqualTo(8_000_000_000L);
  }

  public static RandomGenerator always(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException();
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
