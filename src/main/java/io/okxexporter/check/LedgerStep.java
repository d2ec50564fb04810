package io.okxexporter.check;

import io.okxexporter.check.PacedOkx.TimedOutcome;
import io.okxexporter.ledger.LedgerName;
import io.okxexporter.model.HumanDuration;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Builds the step of a ledger: whether it is readable, and how old its newest entry is. */
final class LedgerStep {
  private LedgerStep() {}

  static String name(LedgerName ledger) {
    return switch (ledger) {
      case FUNDING -> "funding ledger";
      case TRADING -> "trading ledger";
      case SUBACCOUNT -> "sub-accounts";
      case WITHDRAWALS -> "withdrawals";
      case FIAT -> "fiat";
    };
  }

  /**
   * @param at OKX's time of an entry
   * @param now by OKX's clock
   */
  static <T> Step step(
      LedgerName ledger, TimedOutcome<List<T>> response, Function<T, Instant> at, Instant now) {
    if (response.outcome() instanceof Failure<List<T>> failure) {
      return failed(ledger, failure).respondedIn(response.took());
    }
    Map<String, Duration> durations = new LinkedHashMap<>();
    durations.put("answer", response.took());
    String newest =
        ((Success<List<T>>) response.outcome())
            .value().stream()
                .findFirst()
                .map(entry -> newest(Duration.between(at.apply(entry), now), durations))
                .orElse("no entries");
    String text = "answered in " + HumanDuration.of(response.took()) + "; " + newest;
    return Step.pass(name(ledger), text).measuring(durations);
  }

  private static String newest(Duration age, Map<String, Duration> durations) {
    durations.put("age", age);
    return "the newest entry is " + HumanDuration.old(age);
  }

  private static Step failed(LedgerName ledger, Failure<?> failure) {
    String why = StepText.failure(failure);
    return mayNotBeOffered(ledger)
            && failure.code() != null
            && LedgerName.isNotOffered(failure.reason())
        ? Step.pass(name(ledger), "not available: " + why)
        : Step.warn(
                name(ledger),
                "unreadable, so that " + unknown(ledger) + " stay unknown: " + why,
                failure.remedy())
            .because(failure);
  }

  /**
   * OKX offers fiat in some regions only, and transfers with sub-accounts to main accounts only.
   */
  private static boolean mayNotBeOffered(LedgerName ledger) {
    return ledger == LedgerName.FIAT || ledger == LedgerName.SUBACCOUNT;
  }

  private static String unknown(LedgerName ledger) {
    return switch (ledger) {
      case FUNDING -> "flows";
      case TRADING, SUBACCOUNT -> "transfers to and from other accounts of the owner";
      case WITHDRAWALS, FIAT -> "pending withdrawals";
    };
  }
}
