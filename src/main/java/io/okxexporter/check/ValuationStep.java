package io.okxexporter.check;

import io.okxexporter.check.PacedOkx.TimedOutcome;
import io.okxexporter.model.HumanDuration;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Valuation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds the step of a unit: the outcome of its valuation request. */
final class ValuationStep {
  /** Clocks are compared to about half a round trip; smaller differences mean nothing. */
  private static final Duration PRECISION = Duration.ofSeconds(1);

  private ValuationStep() {}

  /**
   * @param now by OKX's clock
   * @param firstFailure the rate limit failure of a first attempt; null if there was none
   */
  static Step step(
      String ccy,
      TimedOutcome<Valuation> response,
      Instant now,
      @Nullable Failure<?> firstFailure,
      boolean showValues) {
    Map<String, Duration> durations = new LinkedHashMap<>();
    durations.put("answer", response.took());
    if (response.outcome() instanceof Failure<Valuation> failure) {
      return Step.fail(ccy, StepText.failure(failure), failure.remedy())
          .because(failure)
          .measuring(durations);
    }
    Valuation valuation = ((Success<Valuation>) response.outcome()).value();
    String text =
        "answered in " + HumanDuration.of(response.took()) + age(valuation, now, durations);
    Step step =
        firstFailure == null
            ? Step.pass(ccy, text)
            : Step.warn(ccy, text + "; the first attempt was rate-limited", firstFailure.remedy());
    return step.measuring(durations).with(showValues ? values(valuation) : List.of());
  }

  private static String age(Valuation valuation, Instant now, Map<String, Duration> durations) {
    if (valuation.updatedAt() == null) {
      return "; the data have no timestamp";
    }
    Duration age = Duration.between(valuation.updatedAt(), now);
    durations.put("age", age);
    return age.compareTo(PRECISION.negated()) <= 0
        ? "; the data are dated " + HumanDuration.of(age) + " ahead"
        : "; the data are " + HumanDuration.old(age);
  }

  private static List<String> values(Valuation valuation) {
    List<String> values = new ArrayList<>();
    values.add("total " + valuation.total().toPlainString() + " " + valuation.ccy());
    new TreeMap<>(valuation.accounts())
        .forEach((account, value) -> values.add(account + " " + value.toPlainString()));
    return values;
  }

  /** Whether the next unit would fail as well. */
  static boolean isFinal(Failure<?> failure) {
    return switch (failure.reason()) {
      case AUTH, WRONG_ENVIRONMENT, IP_NOT_ALLOWED, BLOCKED, CLOCK, ACCOUNT -> true;
      case UNAVAILABLE, TIMEOUT, NETWORK -> true;
      case RATE_LIMITED, BAD_REQUEST, MALFORMED, UNKNOWN -> false;
    };
  }
}
