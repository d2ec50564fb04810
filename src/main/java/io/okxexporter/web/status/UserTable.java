package io.okxexporter.web.status;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * A table of users, one row each. It is folded unless a user needs attention; browsers search it
 * all the same.
 */
final class UserTable {
  private final List<UserCard> users;
  private final boolean all;

  /**
   * @param all whether these are all users
   */
  UserTable(List<UserCard> users, boolean all) {
    this.users = users;
    this.all = all;
  }

  String html() {
    return users.isEmpty() ? "" : table();
  }

  private String table() {
    boolean open = users.stream().anyMatch(UserCard::isNotable);
    return """
        <details class="rest"%s>
        <summary>%s: %s</summary>
        %s<table class="users">
        <tr><th>User</th><th>State</th><th>OKX’s data</th><th>Last success</th>\
        <th>Next request</th><th>Rate limit used</th></tr>
        %s</table>
        </details>
        """
        .formatted(
            open ? " open" : "",
            PageText.count(users.size(), all ? "user" : "more user"),
            new StateSummary(users).line(),
            remedies(),
            users.stream().map(UserCard::row).collect(joining()));
  }

  /** Renders each remedy once, however many users need it. */
  private String remedies() {
    return users.stream()
            .flatMap(user -> user.reasons().stream())
            .distinct()
            .sorted()
            .map(FailureList::remedy)
            .collect(joining())
        + users.stream().map(UserCard::keyWarning).distinct().collect(joining());
  }
}
