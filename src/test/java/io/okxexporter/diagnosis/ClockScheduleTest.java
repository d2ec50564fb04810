package io.okxexporter.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockScheduleTest {
  private static final Outcome<String> SUCCESS = new Success<>("");
  private static final Outcome<String> FAILURE =
      Failure.answered(Reason.TIMEOUT, null, "", Duration.ZERO);

  private static final Outcome<Duration> NONE =
      Failure.answered(Reason.TIMEOUT, null, "", Duration.ZERO);

  private final ClockSchedule clock = new ClockSchedule(URI.create("https://okx.example"));

  @Test
  void one_measurement_is_planned_or_under_way_at_a_time() {
    assertThat(clock.planned()).isFalse();
    assertThat(clock.plan()).isTrue();
    assertThat(clock.planned()).isTrue();
    assertThat(clock.plan()).isFalse();
    clock.started(5);
    assertThat(clock.planned()).isFalse();
    assertThat(clock.underWay()).isTrue();
    assertThat(clock.plan()).isFalse();
    assertThat(clock.planned()).isFalse();
    assertThat(clock.earliest()).isEqualTo(5 + ClockSchedule.MIN_INTERVAL);
    finished();
    assertThat(clock.underWay()).isFalse();
    assertThat(clock.plan()).isTrue();
  }

  @Test
  void the_newest_measurement_is_known_by_its_number() {
    long first = finished();
    assertThat(clock.isNewest(first)).isTrue();
    long second = finished();
    assertThat(clock.isNewest(first)).isFalse();
    assertThat(clock.isNewest(second)).isTrue();
  }

  @Test
  void who_must_know_the_clock_waits_for_the_first_attempt() {
    List<String> done = new ArrayList<>();
    clock.whenKnown(() -> done.add("waited"));
    assertThat(done).isEmpty();
    finished();
    clock.takeWaiting().forEach(Runnable::run);
    assertThat(clock.takeWaiting()).isEmpty();
    clock.whenKnown(() -> done.add("at once"));
    assertThat(done).containsExactly("waited", "at once");
  }

  @Test
  void a_skew_that_is_not_refused_stands_for_a_quarter_of_an_hour() {
    assertThat(clock.skewExpires(SUCCESS, true, minutes(60))).isFalse();
    assertThat(clock.skewExpires(FAILURE, true, minutes(61))).isTrue();
    assertThat(clock.skewExpires(FAILURE, false, minutes(75))).isFalse();
    assertThat(clock.skewExpires(FAILURE, false, minutes(75) + 1)).isTrue();
  }

  @Test
  void an_announcement_stands_for_five_minutes() {
    assertThat(clock.maintenanceExpires(SUCCESS, minutes(60))).isFalse();
    assertThat(clock.maintenanceExpires(FAILURE, minutes(65))).isFalse();
    assertThat(clock.maintenanceExpires(FAILURE, minutes(65) + 1)).isTrue();
  }

  @Test
  void a_new_skew_may_be_measured_again_after_a_second_but_an_old_one_after_30_s() {
    assertThat(earliestAfter(skew(0), false)).isEqualTo(ClockSchedule.MIN_INTERVAL_OF_JUMPS);
    assertThat(earliestAfter(skew(600), true)).isEqualTo(ClockSchedule.MIN_INTERVAL_OF_JUMPS);
    assertThat(earliestAfter(skew(604), true)).isEqualTo(ClockSchedule.MIN_INTERVAL);
    assertThat(earliestAfter(skew(604), false)).isEqualTo(ClockSchedule.MIN_INTERVAL_OF_JUMPS);
    assertThat(earliestAfter(NONE, false)).isEqualTo(ClockSchedule.MIN_INTERVAL);
    assertThat(earliestAfter(skew(0), true)).isEqualTo(ClockSchedule.MIN_INTERVAL_OF_JUMPS);
  }

  private long earliestAfter(Outcome<Duration> outcome, boolean rejected) {
    clock.started(0);
    long unused = clock.finished(outcome, rejected, 0);
    return clock.earliest();
  }

  private static Outcome<Duration> skew(int seconds) {
    return new Success<>(Duration.ofSeconds(seconds));
  }

  private long finished() {
    return clock.finished(NONE, false, 0);
  }

  private static long minutes(int minutes) {
    return Duration.ofMinutes(minutes).toNanos();
  }
}
