package io.okxexporter.config;

import io.okxexporter.model.User;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Settings that send other programs through a proxy, and that this program does not use. */
public final class IgnoredProxies {
  private static final String OPTION = "-D";
  private static final List<String> OPTIONS = List.of("https.proxyHost", "socksProxyHost");
  private static final List<String> VARIABLES =
      List.of("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy");

  private IgnoredProxies() {}

  /** Adds to the environment those options of Java that a warning names. */
  public static Map<String, String> withOptions(Map<String, String> env) {
    Map<String, String> all = new HashMap<>(env);
    OPTIONS.forEach(name -> all.put(OPTION + name, System.getProperty(name, "")));
    return all;
  }

  /**
   * Warns once of all that is set, without its value, which may hold a password.
   *
   * @param setting what to set instead
   */
  static List<String> warnings(Map<String, String> env, List<User> users, String setting) {
    List<String> set =
        Stream.concat(VARIABLES.stream(), OPTIONS.stream().map(OPTION::concat))
            .filter(name -> !env.getOrDefault(name, "").isEmpty())
            .toList();
    return set.isEmpty() || users.stream().allMatch(user -> user.proxy() != null)
        ? List.of()
        : List.of(
            String.join(", ", set)
                + ": not used; if OKX is to be reached through a proxy, set "
                + setting);
  }
}
