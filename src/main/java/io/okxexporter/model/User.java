package io.okxexporter.model;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One configured user: an API key, the host it is valid for, and the units to poll. Created only by
 * {@code config}, so that every instance is valid.
 *
 * @param name label value {@code user}; null for the one user of the environment that has no name
 * @param baseUrl scheme, host and port of OKX, without a path
 * @param demo whether the key belongs to demo trading
 * @param ccys units to poll, in polling order; at least one, no duplicates
 * @param credentials the API key
 * @param maxRequestsPerSecond budget of the User ID, in (0, 1]
 * @param sharedGroup the {@code rate_limit_group} it is configured in; null for none
 * @param proxy HTTP proxy for this user's requests, null for none
 */
public record User(
    @Nullable String name,
    URI baseUrl,
    boolean demo,
    List<String> ccys,
    Credentials credentials,
    double maxRequestsPerSecond,
    @Nullable String sharedGroup,
    @Nullable HttpProxy proxy) {
  /** Copies the units. */
  public User {
    ccys = List.copyOf(ccys);
  }

  /** The minimum time between the end of a request and the start of this User ID's next one. */
  public Duration gap() {
    return Endpoint.gap(maxRequestsPerSecond);
  }

  /** The group with which it shares its budget, as configured. */
  public RateLimitGroup rateLimitGroup() {
    return RateLimitGroup.of(this);
  }

  /** The same user with another host, key or trading mode. */
  public User with(URI newBaseUrl, Credentials newCredentials, boolean newDemo) {
    return new User(
        name, newBaseUrl, newDemo, ccys, newCredentials, maxRequestsPerSecond, sharedGroup, proxy);
  }

  /** Everything that must not be shown: the key, and the password of the proxy. */
  public List<Secret> secrets() {
    List<Secret> key = credentials.secrets();
    return proxy == null || proxy.login() == null
        ? key
        : Stream.concat(key.stream(), Stream.of(proxy.login().password())).toList();
  }

  /** The name to show, even if the user has none. */
  public String displayName() {
    return name == null ? "(unnamed)" : name;
  }
}
