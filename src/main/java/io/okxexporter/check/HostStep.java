package io.okxexporter.check;

import io.okxexporter.model.ConnectResult;
import io.okxexporter.model.ConnectResult.Reached;
import io.okxexporter.model.ConnectResult.Unreached;
import io.okxexporter.model.HumanDuration;
import io.okxexporter.model.User;
import java.util.stream.Collectors;

/** Builds the step that reports whether the host can be reached. */
final class HostStep {
  static final String NAME = "host";

  private HostStep() {}

  static Step step(User user, ConnectResult connect) {
    String where =
        user.baseUrl().getAuthority()
            + (user.proxy() == null
                ? ""
                : " through the proxy " + user.proxy().url().getAuthority());
    if (connect instanceof Unreached unreached) {
      return Step.fail(
          NAME,
          "%s cannot be reached: %s (%s, %s)"
              .formatted(
                  where, unreached.fault().description(), unreached.part(), unreached.detail()),
          unreached.fault().remedy());
    }
    Reached reached = (Reached) connect;
    String took =
        reached.took().entrySet().stream()
            .map(part -> part.getKey() + " " + HumanDuration.of(part.getValue()))
            .collect(Collectors.joining(", "));
    return Step.pass(NAME, where + " is reachable: " + took).measuring(reached.took());
  }
}
