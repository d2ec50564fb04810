package io.okxexporter;

import io.okxexporter.config.Config;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users for tests. */
public final class Users {
  /** A key that belongs to nobody. */
  public static final Credentials KEY =
      new Credentials(new Secret("test-key"), new Secret("test-secret"), new Secret("test-phrase"));

  private Users() {}

  /** A user with a budget of its own. */
  public static User user(@Nullable String name, String... ccys) {
    return new User(
        name, URI.create("http://127.0.0.1:1"), false, List.of(ccys), KEY, 1, null, null);
  }

  /** How to ask for them, stale after five minutes, and with the process bound out of the way. */
  public static Config config(Duration pollInterval, boolean diagnosis, List<User> users) {
    return new Config(pollInterval, Duration.ofMinutes(5), 1000, diagnosis, true, users, List.of());
  }

  /** The same user with a shared budget. */
  public static User inGroup(String group, User user) {
    return new User(
        user.name(),
        user.baseUrl(),
        user.demo(),
        user.ccys(),
        user.credentials(),
        user.maxRequestsPerSecond(),
        group,
        user.proxyUrl());
  }

  /** The same user by way of a proxy. */
  public static User through(URI proxyUrl, User user) {
    return new User(
        user.name(),
        user.baseUrl(),
        user.demo(),
        user.ccys(),
        user.credentials(),
        user.maxRequestsPerSecond(),
        user.sharedGroup(),
        proxyUrl);
  }

  /** The same user with another key. */
  public static User keyed(Credentials key, User user) {
    return new User(
        user.name(),
        user.baseUrl(),
        user.demo(),
        user.ccys(),
        key,
        user.maxRequestsPerSecond(),
        user.sharedGroup(),
        user.proxyUrl());
  }

  /** The same user at another host. */
  public static User onHost(URI host, User user) {
    return new User(
        user.name(),
        host,
        user.demo(),
        user.ccys(),
        user.credentials(),
        user.maxRequestsPerSecond(),
        user.sharedGroup(),
        user.proxyUrl());
  }
}
