package io.okxexporter.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0,0 ms",
    "999,999 ms",
    "1000,1 s",
    "1049,1 s",
    "1050,1.1 s",
    "9949,9.9 s",
    "9950,10 s",
    "-45499,45 s",
    "119499,119 s",
    "120000,2 min",
    "599990,10 min",
    "7000000,117 min",
    "7200000,2 h",
    "170000000,47 h",
    "172800000,2 days",
  })
  void durations_are_as_precise_as_they_matter(long millis, String text) {
    assertThat(HumanDuration.of(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "-999,less than 1 s old,less than 1 s ago,999 ms behind",
    "-3000,3 s ahead of the local clock,3 s ahead of the local clock,3 s behind",
    "999,less than 1 s old,less than 1 s ago,999 ms ahead of",
    "4000,4 s old,4 s ago,4 s ahead of",
  })
  void the_sign_is_in_the_words(long millis, String old, String ago, String against) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(HumanDuration.old(duration)).isEqualTo(old);
    assertThat(HumanDuration.ago(duration)).isEqualTo(ago);
    assertThat(HumanDuration.against(duration)).isEqualTo(against);
  }
}
