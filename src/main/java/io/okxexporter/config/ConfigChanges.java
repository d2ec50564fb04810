package io.okxexporter.config;

import io.okxexporter.model.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a reload changes, without secrets.
 *
 * @param added names of users that are new
 * @param removed names of users that are gone
 * @param changed names of users with any other setting or secret
 * @param settings the other settings that changed, with their new value
 */
public record ConfigChanges(
    List<String> added, List<String> removed, List<String> changed, List<String> settings) {
  private static final int SHOWN_USERS = 5;

  /** Compares two configurations. */
  public static ConfigChanges between(Config before, Config after) {
    Map<String, User> gone = byName(before);
    List<String> added = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    byName(after)
        .forEach(
            (name, user) -> {
              User was = gone.remove(name);
              if (was == null) {
                added.add(name);
              } else if (!was.equals(user)) {
                changed.add(name);
              }
            });
    return new ConfigChanges(added, List.copyOf(gone.keySet()), changed, settings(before, after));
  }

  private static Map<String, User> byName(Config config) {
    Map<String, User> users = new LinkedHashMap<>();
    config.users().forEach(user -> users.put(user.displayName(), user));
    return users;
  }

  private static List<String> settings(Config before, Config after) {
    Map<String, String> was = before.settings();
    return after.settings().entrySet().stream()
        .filter(setting -> !setting.getValue().equals(was.get(setting.getKey())))
        .map(setting -> setting.getKey() + "=" + setting.getValue())
        .toList();
  }

  /** The names for a log line, only the first few of many; empty if no user changed. */
  public String users() {
    return Stream.of(shown("added ", added), shown("removed ", removed), shown("changed ", changed))
        .filter(names -> !names.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String shown(String what, List<String> names) {
    int hidden = names.size() - SHOWN_USERS;
    return names.isEmpty()
        ? ""
        : names.stream()
            .limit(SHOWN_USERS)
            .collect(Collectors.joining(", ", what, hidden > 0 ? " and " + hidden + " more" : ""));
  }
}
