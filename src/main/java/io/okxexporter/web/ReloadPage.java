package io.okxexporter.web;

import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Reloads at the word of an operator, if that was enabled; in Prometheus's words and statuses. */
final class ReloadPage implements Page {
  private final @Nullable Reload reload;

  /**
   * @param reload null where the lifecycle API is not enabled
   */
  ReloadPage(@Nullable Reload reload) {
    this.reload = reload;
  }

  @Override
  public Set<String> methods() {
    return Set.of("POST", "PUT");
  }

  @Override
  public Answer answer(Request request) {
    return reload == null
        ? Answer.text(403, "Lifecycle API is not enabled.")
        : outcome(reload.reload());
  }

  private static Answer outcome(List<String> problems) {
    return problems.isEmpty()
        ? Answer.text(200, "reloaded")
        : Answer.text(500, "failed to reload the configuration:\n" + String.join("\n", problems));
  }
}
