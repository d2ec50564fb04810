package io.okxexporter.check;

import io.okxexporter.check.PacedOkx.TimedOutcome;
import io.okxexporter.check.PacedOkx.TimedProbe;
import io.okxexporter.check.RegionSearch.RegionAnswer;
import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Clock;
import io.okxexporter.model.ConnectResult;
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

/** One user, step by step: what makes no sense after a failure is skipped, and says so. */
final class UserCheck {
  /** How long OKX may ask for patience before a second attempt is not worth the wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final User user;
  private final UserQueue lane;
  private final Tools tools;
  private final Consumer<Findings> done;
  private final List<Step> steps = new ArrayList<>();
  private Duration skew = Duration.ZERO;
  private String uid = "";

  /** What every check works with. */
  record Tools(
      PacedOkx okx,
      RegionSearch regions,
      CheckOptions rules,
      MeasuredSkews skews,
      Clock clock,
      Progress progress) {}

  /**
   * What was found.
   *
   * @param uid User ID, empty where OKX did not tell it
   */
  record Findings(User user, String uid, List<Step> steps) {}

  UserCheck(User user, UserQueue lane, Tools tools, Consumer<Findings> done) {
    this.user = user;
    this.lane = lane;
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

  private void probed(TimedProbe answer) {
    steps.add(HostStep.step(user, answer.connect()));
    if (answer.connect() instanceof ConnectResult.Unreached) {
      String why = "the host is unreachable";
      steps.add(Step.skip(ClockStep.NAME, why));
      steps.add(Step.skip(KeyStep.NAME, why));
      skipUnits(0, why);
    } else {
      compared(answer.skew());
    }
  }

  private void compared(TimedOutcome<Duration> answer) {
    steps.add(ClockStep.step(answer, tools.rules().diagnosis()));
    if (answer.outcome() instanceof Success<Duration> ok) {
      skew = ok.value();
      tools.skews().put(user.baseUrl(), skew);
    }
    doing(KeyStep.NAME);
    tools.okx().apiKeyInfo(user, this::identified);
  }

  private void identified(TimedOutcome<ApiKeyInfo> answer) {
    if (answer.outcome() instanceof Success<ApiKeyInfo> ok) {
      accepted(ok.value(), answer.took());
    } else {
      refused((Failure<ApiKeyInfo>) answer.outcome(), answer.took());
    }
  }

  private void accepted(ApiKeyInfo key, Duration took) {
    uid = key.uid();
    lane.identified(uid);
    Step step = KeyStep.accepted(key, tools.rules().allowTradingKeys());
    steps.add(step.answeredIn(took));
    if (step.status() == StepStatus.FAIL) {
      skipUnits(0, "the exporter does not use this key");
    } else {
      value(0, null);
    }
  }

  private void refused(Failure<ApiKeyInfo> failure, Duration took) {
    if (tools.rules().regionProbe() && RegionSearch.mayHelp(user, failure)) {
      doing("region");
      tools.regions().search(user, findings -> searched(failure, took, findings));
      return;
    }
    steps.add(KeyStep.refused(user, failure).answeredIn(took));
    if (KeyStep.isFinal(failure.reason())) {
      skipUnits(0, "the key is rejected");
    } else {
      value(0, null);
    }
  }

  private void searched(Failure<ApiKeyInfo> failure, Duration took, List<RegionAnswer> findings) {
    steps.add(RegionStep.step(failure, findings).answeredIn(took));
    skipUnits(0, "the key is rejected");
  }

  private void value(int unit, @Nullable Failure<?> refusedBefore) {
    if (unit == user.ccys().size()) {
      explain();
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
    tools.okx().valuation(user, lane, ccy, answer -> valued(unit, refusedBefore, answer));
  }

  /** What an exporter that polls this user knows already; null if none does. */
  private @Nullable Step known(String ccy) {
    return tools.rules().running().stream()
        .map(exporter -> exporter.unit(uid, ccy))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  private void valued(
      int unit, @Nullable Failure<?> refusedBefore, TimedOutcome<Valuation> answer) {
    if (refusedBefore == null
        && answer.outcome() instanceof Failure<Valuation> failure
        && deservesAnother(failure)) {
      value(unit, failure);
      return;
    }
    boolean showValues = tools.rules().showValues();
    steps.add(
        ValuationStep.step(
            user.ccys().get(unit),
            answer,
            tools.clock().now().minus(skew),
            refusedBefore,
            showValues));
    if (answer.outcome() instanceof Failure<Valuation> failure && ValuationStep.isFinal(failure)) {
      skipUnits(unit + 1, "it would fail the same way");
    } else {
      value(unit + 1, null);
    }
  }

  /** The exporter may be running beside, and its request have come first. */
  private static boolean deservesAnother(Failure<Valuation> failure) {
    return failure.reason() == Reason.RATE_LIMITED && failure.retryAfter().compareTo(PATIENCE) <= 0;
  }

  private void skipUnits(int first, String why) {
    user.ccys().stream().skip(first).forEach(ccy -> steps.add(Step.skip(ccy, why)));
    explain();
  }

  /** Where OKX is unavailable, it may have said so before. */
  private void explain() {
    boolean unavailable =
        steps.stream()
            .map(Step::failure)
            .anyMatch(it -> it != null && it.reason() == Reason.UNAVAILABLE);
    if (unavailable) {
      doing(MaintenanceStep.NAME);
      tools.okx().maintenance(user, answer -> end(MaintenanceStep.step(user, answer)));
    } else {
      done.accept(new Findings(user, uid, steps));
    }
  }

  private void end(Step last) {
    steps.add(last);
    done.accept(new Findings(user, uid, steps));
  }
}
