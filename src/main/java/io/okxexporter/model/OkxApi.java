package io.okxexporter.model;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The API of OKX. Each method sends one request and calls back exactly once, on any thread. Pacing
 * is the caller's responsibility.
 */
public interface OkxApi {
  /**
   * Requests the value of a user's account in one unit.
   *
   * @param ccy the unit
   */
  void valuation(User user, String ccy, Consumer<Outcome<Valuation>> done);

  /** Requests the identity and permissions of a user's key. */
  void apiKeyInfo(User user, Consumer<Outcome<ApiKeyInfo>> done);

  /**
   * Measures how far the connection to a host gets and how far the local clock is ahead of the
   * host's.
   *
   * @param host scheme, host and port
   * @param proxy HTTP proxy to use, null for none
   */
  void probe(URI host, @Nullable HttpProxy proxy, Consumer<ProbeResult> done);

  /** Measures how far the local clock is ahead of a host's. */
  default void clockSkew(URI host, @Nullable HttpProxy proxy, Consumer<Outcome<Duration>> done) {
    probe(host, proxy, probe -> done.accept(probe.skew()));
  }

  /** Requests the announced maintenance that is not over. */
  void maintenance(URI host, @Nullable HttpProxy proxy, Consumer<Outcome<List<Maintenance>>> done);
}
