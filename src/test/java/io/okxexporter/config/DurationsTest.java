package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.yaml.BadValue;
import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class DurationsTest {
  private static final long YEAR_MILLIS = 365L * 24 * 3600 * 1000;

  @Property
  void what_is_formatted_parses_back(@ForAll @LongRange(min = 1, max = YEAR_MILLIS) long millis)
      throws BadValue {
    Duration duration = Duration.ofMillis(millis);
    assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
  }

  @Property
  void formatting_rounds_up_by_less_than_a_millisecond(
      @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long nanos) throws BadValue {
    Duration shown = Durations.parse(Durations.format(Duration.ofNanos(nanos)));
    assertThat(shown.toNanos() - nanos).isBetween(0L, 999_999L);
  }

  @Property
  void any_text_is_a_duration_or_a_bad_value(@ForAll String text) {
    try {
      assertThat(Durations.parse(text)).isPositive();
    } catch (BadValue e) {
      assertThat(e.expected()).startsWith("expected a duration");
    }
  }

  @Example
  void the_units_are_those_of_prometheus() throws BadValue {
    assertThat(Durations.parse("1d2h3m4s5ms"))
        .isEqualTo(Duration.ofDays(1).plusHours(2).plusMinutes(3).plusSeconds(4).plusMillis(5));
    assertThat(Durations.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Durations.parse("90m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(Durations.format(Duration.ofMinutes(90))).isEqualTo("1h30m");
  }
}
