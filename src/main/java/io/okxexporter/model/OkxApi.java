package io.okxexporter.model;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What OKX is asked. Each question is asked once, and calls back exactly once, on any thread. Paces
 * nothing: that is the caller's.
 */
public interface OkxApi {
  /**
   * What a user is worth in one unit.
   *
   * @param ccy the unit
   */
  void valuation(User user, String ccy, Consumer<Outcome<Valuation>> done);

  /** What a user's key is and may do. */
  void apiKeyInfo(User user, Consumer<Outcome<ApiKeyInfo>> done);

  /**
   * How far the connection to a host gets, and how far our clock is ahead of its own.
   *
   * @param host scheme, host and port
   * @param proxyUrl HTTP proxy to go through, null for none
   */
  void probe(URI host, @Nullable URI proxyUrl, Consumer<ProbeResult> done);

  /** How far our clock is ahead of a host's. */
  default void clockSkew(URI host, @Nullable URI proxyUrl, Consumer<Outcome<Duration>> done) {
    probe(host, proxyUrl, probe -> done.accept(probe.skew()));
  }

  /** Which maintenance a host announces that is not over. */
  void maintenance(URI host, @Nullable URI proxyUrl, Consumer<Outcome<List<Maintenance>>> done);
}
