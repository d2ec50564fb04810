package io.okxexporter.config;

import io.okxexporter.config.yaml.Problem;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reports users that conflict in their names, API keys or shared budget. */
final class UserConflicts {
  private final Map<String, ConfiguredUser> byName = new HashMap<>();
  private final Map<Secret, ConfiguredUser> byApiKey = new HashMap<>();
  private final Map<String, ConfiguredUser> byGroup = new HashMap<>();

  private UserConflicts() {}

  static void check(List<ConfiguredUser> users) {
    users.forEach(new UserConflicts()::check);
  }

  private void check(ConfiguredUser user) {
    checkName(user);
    checkApiKey(user);
    checkRate(user);
  }

  private void checkName(ConfiguredUser user) {
    String name = user.user().name();
    if (name != null && byName.putIfAbsent(name, user) != null) {
      user.section().report("name", name, "expected a name that no other user has");
    }
  }

  private void checkApiKey(ConfiguredUser user) {
    Secret key = user.apiKey();
    ConfiguredUser first = key == null ? null : byApiKey.putIfAbsent(key, user);
    if (first != null && !isGrouped(first.user(), user.user())) {
      String both = first.quotedName() + " and " + user.quotedName();
      String expected = "expected the same group for " + both + ", as they have the same api_key";
      user.section().report("rate_limit_group", user.user().sharedGroup(), expected);
    }
  }

  private static boolean isGrouped(User one, User other) {
    return one.rateLimitGroup().shared() && one.rateLimitGroup().equals(other.rateLimitGroup());
  }

  private void checkRate(ConfiguredUser user) {
    String group = user.user().sharedGroup();
    if (group != null) {
      checkRate(byGroup.computeIfAbsent(group, key -> user), user, group);
    }
  }

  private static void checkRate(ConfiguredUser first, ConfiguredUser user, String group) {
    if (!rate(first).equals(rate(user))) {
      String both = first.quotedName() + " and " + user.quotedName();
      String shared = ", as they share the rate_limit_group " + Problem.quoted(group);
      user.section()
          .report("max_requests_per_second", rate(user), "expected one value for " + both + shared);
    }
  }

  private static String rate(ConfiguredUser user) {
    return RequestRateParser.format(user.user().maxRequestsPerSecond());
  }
}
