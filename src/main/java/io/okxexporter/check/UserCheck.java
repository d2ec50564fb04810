package io.okxexporter.check;

import io.okxexporter.check.PacedOkx.TimedOutcome;
import io.okxexporter.check.PacedOkx.TimedProbe;
import io.okxexporter.check.RegionSearch.RegionResult;
import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Clock;
import io.okxexporter.model.ConnectResult;
import io.okxexporter.model.LedgerApi;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks one user, step by step. Steps that a failure makes pointless are reported as skipped. */
final class UserCheck {
  /** The longest delay requested by OKX that is worth waiting for before a second attempt. */
  private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(10);

  private final User user;
  private final UserQueue queue;
  private final Tools tools;
  private final Consumer<Findings> done;
  private final List<Step> steps = new ArrayList<>();
  private Duration skew = Duration.ZERO;
  private String uid = "";
  private @Nullable ApiKeyInfo key;

  /** What the checks of all users share. */
  record Tools(
      PacedOkx okx,
      LedgerApi ledgers,
      RegionSearch regions,
      CheckOptions options,
      MeasuredSkews skews,
      Clock clock,
      Progress progress) {}

  /**
   * The steps of one user.
   *
   * @param uid User ID; empty where OKX did not return it
   */
  record Findings(User user, String uid, List<Step> steps) {}

  UserCheck(User user, UserQueue queue, Tools tools, Consumer<Findings> done) {
    this.user = user;
    this.queue = queue;
    this.tools = tools;
    this.done = done;
  }

  void start() {
    doing(HostStep.NAME);
    tools.okx().probe(user, this::probed);
  }

  private void doing(String what) {
    tools.progress().doing("user " + user.displayName() + ": " + what);
  }

  private void probed(TimedProbe response) {
    steps.add(HostStep.step(user, response.connect()));
    if (response.connect() instanceof ConnectResult.Unreached) {
      String why = "the host is unreachable";
      steps.add(Step.skip(ClockStep.NAME, why));
      steps.add(Step.skip(KeyStep.NAME, why));
      skipUnits(0, why);
    } else {
      compared(response.skew());
    }
  }

  private void compared(TimedOutcome<Duration> response) {
    steps.add(ClockStep.step(response, tools.options().diagnosis()));
    if (response.outcome() instanceof Success<Duration> ok) {
      skew = ok.value();
      tools.skews().put(user.baseUrl(), skew);
    }
    doing(KeyStep.NAME);
    tools.okx().apiKeyInfo(user, this::identified);
  }

  private void identified(TimedOutcome<ApiKeyInfo> response) {
    if (response.outcome() instanceof Success<ApiKeyInfo> ok) {
      accepted(ok.value(), response.took());
    } else {
      rejected((Failure<ApiKeyInfo>) response.outcome(), response.took());
    }
  }

  private void accepted(ApiKeyInfo accepted, Duration took) {
    key = accepted;
    uid = accepted.uid();
    queue.identified(uid);
    Step step = KeyStep.accepted(accepted, tools.options().allowTradingKeys());
    steps.add(step.respondedIn(took));
    if (step.status() == StepStatus.FAIL) {
      skipUnits(0, "the exporter does not use this key");
    } else {
      value(0, null);
    }
  }

  private void rejected(Failure<ApiKeyInfo> failure, Duration took) {
    if (tools.options().regionProbe() && RegionSearch.mayHelp(user, failure)) {
      doing("region");
      tools.regions().search(user, findings -> searched(failure, took, findings));
      return;
    }
    steps.add(KeyStep.rejected(user, failure).respondedIn(took));
    if (KeyStep.isFinal(failure.reason())) {
      skipUnits(0, "the key is rejected");
    } else {
      value(0, null);
    }
  }

  private void searched(Failure<ApiKeyInfo> failure, Duration took, List<RegionResult> findings) {
    steps.add(RegionStep.step(failure, findings).respondedIn(took));
    skipUnits(0, "the key is rejected");
  }

  private void value(int unit, @Nullable Failure<?> firstFailure) {
    if (unit == user.ccys().size()) {
      ledgers();
      return;
    }
    String ccy = user.ccys().get(unit);
    Step known = known(ccy);
    if (known != null) {
      steps.add(known);
      value(unit + 1, null);
      return;
    }
    doing(ccy);
    tools.okx().valuation(user, queue, ccy, response -> valued(unit, firstFailure, response));
  }

  /** Returns what an exporter that polls this user already knows; null if none does. */
  private @Nullable Step known(String ccy) {
    return tools.options().running().stream()
        .map(exporter -> exporter.unit(uid, ccy))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  private void valued(
      int unit, @Nullable Failure<?> firstFailure, TimedOutcome<Valuation> response) {
    if (firstFailure == null
        && response.outcome() instanceof Failure<Valuation> failure
        && isWorthRetrying(failure)) {
      value(unit, failure);
      return;
    }
    boolean showValues = tools.options().showValues();
    steps.add(
        ValuationStep.step(
            user.ccys().get(unit),
            response,
            tools.clock().now().minus(skew),
            firstFailure,
            showValues));
    if (response.outcome() instanceof Failure<Valuation> failure
        && ValuationStep.isFinal(failure)) {
      skipUnits(unit + 1, "it would fail the same way");
    } else {
      value(unit + 1, null);
    }
  }

  /** An exporter may be running alongside, and its request may have come first. */
  private static boolean isWorthRetrying(Failure<Valuation> failure) {
    return failure.reason() == Reason.RATE_LIMITED
        && failure.retryAfter().compareTo(MAX_RETRY_AFTER) <= 0;
  }

  private void ledgers() {
    if (key == null || !tools.options().flows()) {
      explain();
      return;
    }
    doing("ledgers");
    new LedgerCheck(
            tools.okx(),
            tools.ledgers(),
            user,
            () -> tools.clock().now().minus(skew),
            ledgerSteps -> {
              steps.addAll(ledgerSteps);
              explain();
            })
        .start(key.isSubAccount());
  }

  private void skipUnits(int first, String why) {
    user.ccys().stream().skip(first).forEach(ccy -> steps.add(Step.skip(ccy, why)));
    explain();
  }

  /** Where OKX is unavailable, checks whether it announced maintenance. */
  private void explain() {
    boolean unavailable =
        steps.stream()
            .map(Step::failure)
            .anyMatch(it -> it != null && it.reason() == Reason.UNAVAILABLE);
    if (unavailable) {
      doing(MaintenanceStep.NAME);
      tools.okx().maintenance(user, response -> end(MaintenanceStep.step(user, response)));
    } else {
      done.accept(new Findings(user, uid, steps));
    }
  }

  private void end(Step last) {
    steps.add(last);
    done.accept(new Findings(user, uid, steps));
  }
}
