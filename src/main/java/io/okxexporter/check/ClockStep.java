package io.okxexporter.check;

import io.okxexporter.check.PacedOkx.TimedOutcome;
import io.okxexporter.model.ClockSkew;
import io.okxexporter.model.HumanDuration;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import java.time.Duration;
import java.util.Map;

/** Builds the step that compares the local clock with OKX's. */
final class ClockStep {
  static final String NAME = "clock";

  /** Up to this skew, the clock counts as right. */
  private static final Duration NEGLIGIBLE = Duration.ofSeconds(1);

  /** From this skew on, OKX rejects requests signed with local time. */
  private static final Duration REJECTED = Duration.ofSeconds(30);

  private static final String REMEDY = "Turn on time synchronisation (NTP) on this machine.";

  private ClockStep() {}

  /**
   * @param corrected whether the exporter signs with OKX's time where the local clock is off
   */
  static Step step(TimedOutcome<Duration> response, boolean corrected) {
    if (response.outcome() instanceof Failure<Duration> failure) {
      return Step.warn(
              NAME, "not compared with OKX's: " + StepText.failure(failure), failure.remedy())
          .respondedIn(response.took())
          .because(failure);
    }
    Duration skew = ((Success<Duration>) response.outcome()).value();
    return step(skew, corrected).measuring(Map.of("skew", skew));
  }

  private static Step step(Duration skew, boolean corrected) {
    String text = HumanDuration.against(skew) + " OKX's";
    Duration off = skew.abs();
    if (off.compareTo(NEGLIGIBLE) <= 0) {
      return Step.pass(NAME, text);
    }
    if (off.compareTo(ClockSkew.TOLERATED) <= 0) {
      return Step.pass(NAME, text + ", within tolerance");
    }
    boolean rejected = off.compareTo(REJECTED) >= 0;
    if (corrected) {
      String otherwise = rejected ? "; OKX rejects requests signed with local time" : "";
      return Step.warn(
          NAME, text + otherwise + "; the exporter signs requests with OKX's time", REMEDY);
    }
    return !rejected
        ? Step.warn(NAME, text + "; from 30 s on, OKX rejects every request", REMEDY)
        : Step.fail(
            NAME,
            text
                + "; OKX rejects every request, and diagnosis: false keeps the exporter from"
                + " correcting its time",
            REMEDY);
  }
}
