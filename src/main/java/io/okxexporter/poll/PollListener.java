package io.okxexporter.poll;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notified of each request to OKX and its outcome, in order, on the timer's thread. */
public interface PollListener {
  /**
   * The user's budget and refresh interval, at the start and whenever they change.
   *
   * @param budget the group whose budget the user uses: another group's where both turned out to be
   *     one User ID
   * @param pollInterval the actual refresh interval of every unit
   */
  default void planned(User user, RateLimitGroup budget, Duration pollInterval) {}

  /** The user's next poll as its own limits allow; null while the user is not polled. */
  default void next(User user, @Nullable Duration in) {}

  /** A request with the user's key is sent. */
  default void sent(User user, Endpoint endpoint) {}

  /** A request without a key is sent. */
  default void sent(Endpoint endpoint) {}

  /** A request completed; its outcome follows. */
  default void took(Endpoint endpoint, Duration took) {}

  /** A valuation request completed. */
  default void valued(User user, String ccy, Outcome<Valuation> outcome) {}

  /**
   * A request for a key's identity and permissions completed.
   *
   * @param blocked whether the user is not polled because of the outcome
   */
  default void identified(User user, Outcome<ApiKeyInfo> keyInfo, boolean blocked) {}

  /** Two users turned out to be one User ID and share a budget from now on. */
  default void joined(User one, User other) {}

  /** A measurement of how far the local clock is ahead of a host's completed. */
  default void measured(URI host, Outcome<Duration> skew) {}

  /** A request for the maintenance a host announces completed. */
  default void announced(URI host, Outcome<List<Maintenance>> maintenance) {}

  /** The last value from this endpoint of a host is no longer valid. */
  default void forgotten(URI host, Endpoint endpoint) {}
}
