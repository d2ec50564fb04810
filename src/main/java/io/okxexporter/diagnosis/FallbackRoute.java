package io.okxexporter.diagnosis;

import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.User;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way to one host: through the proxy of its first user, or without one. If that fails, that of
 * the next user with another way. Where no user goes without a proxy, neither does this.
 */
final class FallbackRoute {
  private int failures;

  /**
   * Returns the proxy to use, null for none.
   *
   * @param users those of the host, at least one
   */
  @Nullable HttpProxy proxy(List<User> users) {
    List<@Nullable HttpProxy> all = all(users);
    return all.get(failures % all.size());
  }

  private static List<@Nullable HttpProxy> all(List<User> users) {
    return users.stream().map(User::proxy).distinct().toList();
  }

  /**
   * A request ended; if it failed, the next one goes another way if there is one.
   *
   * @param used the proxy of the request; of several that fail by one way, one counts
   * @return whether the next one goes another way
   */
  boolean changesAfter(Outcome<?> outcome, @Nullable HttpProxy used, List<User> users) {
    boolean failed = outcome instanceof Failure<?>;
    if (failed && Objects.equals(used, proxy(users))) {
      failures++;
    }
    return failed && all(users).size() > 1;
  }
}
