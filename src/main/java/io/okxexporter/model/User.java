package io.okxexporter.model;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One configured user: an API key, where it is valid, and what to ask with it. Made by {@code
 * config} alone, so that holding one means it was checked.
 *
 * @param name label value {@code user}; null for the one user of the environment that has no name
 * @param baseUrl scheme, host and port of OKX, without a path
 * @param demo whether the key belongs to demo trading
 * @param ccys units to ask for, in the order of asking; at least one, no duplicates
 * @param credentials the API key
 * @param maxRequestsPerSecond budget of the User ID, in (0, 1]
 * @param sharedGroup the {@code rate_limit_group} it is configured in; null for none
 * @param proxyUrl HTTP proxy for this user's requests, null for none
 */
public record User(
    @Nullable String name,
    URI baseUrl,
    boolean demo,
    List<String> ccys,
    Credentials credentials,
    double maxRequestsPerSecond,
    @Nullable String sharedGroup,
    @Nullable URI proxyUrl) {
  /** Keeps its own copy of the units. */
  public User {
    ccys = List.copyOf(ccys);
  }

  /** The least time between the end of one request and the start of the next of this User ID. */
  public Duration gap() {
    return Endpoint.gap(maxRequestsPerSecond);
  }

  /** Who shares its budget, as configured. */
  public RateLimitGroup rateLimitGroup() {
    return RateLimitGroup.of(this);
  }

  /** The same user with another host, key or kind of trading. */
  public User with(URI newBaseUrl, Credentials newCredentials, boolean newDemo) {
    return new User(
        name,
        newBaseUrl,
        newDemo,
        ccys,
        newCredentials,
        maxRequestsPerSecond,
        sharedGroup,
        proxyUrl);
  }

  /** What a person calls this user, also when it has no name. */
  public String displayName() {
    return name == null ? "(unnamed)" : name;
  }
}
