package io.okxexporter.check;

import io.okxexporter.check.PacedOkx.Answer;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.User;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Whether OKX has announced that it would not answer. */
final class MaintenanceWords {
  static final String NAME = "maintenance";

  private MaintenanceWords() {}

  static Step step(User user, Answer<List<Maintenance>> answer) {
    if (answer.outcome() instanceof Failure<?> failure) {
      return Step.warn(NAME, "not told: " + Words.failure(failure), Words.remedy(failure))
          .because(failure);
    }
    String announced =
        ((Success<List<Maintenance>>) answer.outcome())
            .value().stream()
                .filter(window -> window.demo() == user.demo())
                .map(MaintenanceWords::words)
                .collect(Collectors.joining("; "));
    return announced.isEmpty()
        ? Step.pass(NAME, "none is announced")
        : Step.warn(
            NAME,
            "OKX announces " + announced,
            "Wait for the end of it: the exporter goes on by itself.");
  }

  private static String words(Maintenance window) {
    return "%s maintenance from %s to %s"
        .formatted(
            window.state().replace('_', '-'),
            window.begin().truncatedTo(ChronoUnit.SECONDS),
            window.end().truncatedTo(ChronoUnit.SECONDS));
  }
}
