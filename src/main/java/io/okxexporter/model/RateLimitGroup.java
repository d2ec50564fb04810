package io.okxexporter.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Users that share one request budget because they are configured to be one User ID at OKX.
 *
 * @param name its name in the configuration: the {@code rate_limit_group}, or its only user
 * @param shared whether it is a {@code rate_limit_group}, which may have several users
 */
public record RateLimitGroup(String name, boolean shared) {
  static RateLimitGroup of(User user) {
    return user.sharedGroup() == null
        ? new RateLimitGroup(user.displayName(), false)
        : new RateLimitGroup(user.sharedGroup(), true);
  }

  /** The users of each group, with groups in the order of their first users. */
  public static Map<RateLimitGroup, List<User>> members(List<User> users) {
    return users.stream()
        .collect(
            Collectors.groupingBy(User::rateLimitGroup, LinkedHashMap::new, Collectors.toList()));
  }
}
