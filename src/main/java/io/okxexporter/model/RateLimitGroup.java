package io.okxexporter.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whose requests share one budget: the users of one User ID at OKX, as far as that is configured.
 *
 * @param name what the configuration calls it: the {@code rate_limit_group}, or the only user
 * @param shared whether it is a {@code rate_limit_group}, which several users may be in
 */
public record RateLimitGroup(String name, boolean shared) {
  static RateLimitGroup of(User user) {
    return user.sharedGroup() == null
        ? new RateLimitGroup(user.displayName(), false)
        : new RateLimitGroup(user.sharedGroup(), true);
  }

  /** The users of each group, groups in the order of their first users. */
  public static Map<RateLimitGroup, List<User>> members(List<User> users) {
    return users.stream()
        .collect(
            Collectors.groupingBy(User::rateLimitGroup, LinkedHashMap::new, Collectors.toList()));
  }
}
