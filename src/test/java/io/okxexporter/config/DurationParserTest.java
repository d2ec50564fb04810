package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.yaml.InvalidValueException;
import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class DurationParserTest {
  private static final long YEAR_MILLIS = 365L * 24 * 3600 * 1000;

  @Property
  void what_is_formatted_parses_back(@ForAll @LongRange(min = 1, max = YEAR_MILLIS) long millis)
      throws InvalidValueException {
    Duration duration = Duration.ofMillis(millis);
    assertThat(DurationParser.parse(DurationParser.format(duration))).isEqualTo(duration);
  }

  @Property
  void formatting_rounds_up_by_less_than_a_millisecond(
      @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long nanos)
      throws InvalidValueException {
    Duration shown = DurationParser.parse(DurationParser.format(Duration.ofNanos(nanos)));
    assertThat(shown.toNanos() - nanos).isBetween(0L, 999_999L);
  }

  @Property
  void any_text_is_a_duration_or_a_bad_value(@ForAll String text) {
    try {
      assertThat(DurationParser.parse(text)).isPositive();
    } catch (InvalidValueException e) {
      assertThat(e.expected()).startsWith("expected a duration");
    }
  }

  @Example
  void the_units_are_those_of_prometheus() throws InvalidValueException {
    assertThat(DurationParser.parse("1d2h3m4s5ms"))
        .isEqualTo(Duration.ofDays(1).plusHours(2).plusMinutes(3).plusSeconds(4).plusMillis(5));
    assertThat(DurationParser.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(DurationParser.parse("90m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(DurationParser.format(Duration.ofMinutes(90))).isEqualTo("1h30m");
  }
}
