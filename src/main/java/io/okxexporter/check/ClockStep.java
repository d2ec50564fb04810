package io.okxexporter.check;

import io.okxexporter.check.PacedOkx.TimedOutcome;
import io.okxexporter.model.ClockSkew;
import io.okxexporter.model.HumanDuration;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import java.time.Duration;
import java.util.Map;

/** Whether our clock is right. */
final class ClockStep {
  static final String NAME = "clock";

  /** As right as anybody needs. */
  private static final Duration RIGHT = Duration.ofSeconds(1);

  /** From here on OKX refuses what is signed with our time. */
  private static final Duration REFUSED = Duration.ofSeconds(30);

  private static final String REMEDY = "Turn on time synchronisation (NTP) on this machine.";

  private ClockStep() {}

  /**
   * @param corrected whether the exporter will sign with OKX's time where ours is off
   */
  static Step step(TimedOutcome<Duration> answer, boolean corrected) {
    if (answer.outcome() instanceof Failure<Duration> failure) {
      return Step.warn(
              NAME,
              "not compared with OKX's: " + StepText.failure(failure),
              StepText.remedy(failure))
          .answeredIn(answer.took())
          .because(failure);
    }
    Duration skew = ((Success<Duration>) answer.outcome()).value();
    return step(skew, corrected).measuring(Map.of("skew", skew));
  }

  private static Step step(Duration skew, boolean corrected) {
    String text = HumanDuration.against(skew) + " OKX's";
    Duration off = skew.abs();
    if (off.compareTo(RIGHT) <= 0) {
      return Step.pass(NAME, text);
    }
    if (off.compareTo(ClockSkew.TOLERATED) <= 0) {
      return Step.pass(NAME, text + ", within tolerance");
    }
    boolean refused = off.compareTo(REFUSED) >= 0;
    if (corrected) {
      String otherwise = refused ? ", which rejects requests signed with local time" : "";
      return Step.warn(
          NAME, text + otherwise + ": the exporter signs requests with OKX's time", REMEDY);
    }
    return !refused
        ? Step.warn(NAME, text + ": from 30 s OKX rejects every request", REMEDY)
        : Step.fail(
            NAME,
            text
                + ": OKX rejects every request, and diagnosis: false keeps the exporter from"
                + " correcting its time",
            REMEDY);
  }
}
