package io.okxexporter.check;

import io.okxexporter.check.PacedOkx.TimedOutcome;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.User;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Builds the step that reports the maintenance announced by OKX. */
final class MaintenanceStep {
  static final String NAME = "maintenance";

  private MaintenanceStep() {}

  static Step step(User user, TimedOutcome<List<Maintenance>> response) {
    if (response.outcome() instanceof Failure<?> failure) {
      return Step.warn(NAME, "unknown: " + StepText.failure(failure), failure.remedy())
          .because(failure);
    }
    String announced =
        ((Success<List<Maintenance>>) response.outcome())
            .value().stream()
                .filter(window -> window.demo() == user.demo())
                .map(MaintenanceStep::text)
                .collect(Collectors.joining("; "));
    return announced.isEmpty()
        ? Step.pass(NAME, "none announced")
        : Step.warn(
            NAME,
            "OKX announces " + announced,
            "Wait until it ends; the exporter then continues on its own.");
  }

  private static String text(Maintenance window) {
    return "%s maintenance from %s to %s"
        .formatted(
            window.state().replace('_', '-'),
            window.begin().truncatedTo(ChronoUnit.SECONDS),
            window.end().truncatedTo(ChronoUnit.SECONDS));
  }
}
