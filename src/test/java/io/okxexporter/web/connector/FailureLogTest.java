package io.okxexporter.web.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.CapturedLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class FailureLogTest {
  private Duration now = Duration.ofDays(1);
  private final FailureLog failureLog = new FailureLog("the thing", () -> now.toNanos());

  @Test
  void says_once_that_something_fails_and_once_that_it_works_again() {
    assertThat(levelsOf(failureLog::recovered)).isEmpty();
    assertThat(levelsOf(() -> failureLog.failed("so"))).containsExactly("error");
    now = now.plusDays(7);
    assertThat(levelsOf(() -> failureLog.failed("so"))).isEmpty();
    assertThat(levelsOf(failureLog::recovered)).containsExactly("info");
    assertThat(levelsOf(() -> failureLog.failed("so"))).containsExactly("error");
  }

  @Test
  void what_comes_and_goes_is_said_once_in_a_while() {
    List<String> levels =
        levelsOf(
            () -> {
              for (int i = 0; i < 1000; i++) {
                failureLog.failed("so");
                failureLog.recovered();
                now = now.plusSeconds(1);
              }
            });
    assertThat(levels).containsExactly("error", "info", "error", "info"); // within 16 minutes
  }

  private static List<String> levelsOf(Runnable action) {
    try (CapturedLog log = new CapturedLog(Level.INFO)) {
      action.run();
      return log.levels("web");
    }
  }
}
