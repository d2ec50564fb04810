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

/** Hears what is asked of OKX and what comes of it, in order, on the timer's thread. */
public interface PollListener {
  /**
   * How the user is polled, at the start and whenever that changes.
   *
   * @param budget whose budget it uses: that of another group where both were found to be one User
   *     ID
   * @param pollInterval at which every unit is really refreshed
   */
  default void planned(User user, RateLimitGroup budget, Duration pollInterval) {}

  /**
   * When the user is asked for next, as far as its own limits allow; null while it is not to be.
   */
  default void next(User user, @Nullable Duration in) {}

  /** A request with the user's key goes out. */
  default void sent(User user, Endpoint endpoint) {}

  /** A request without a key goes out. */
  default void sent(Endpoint endpoint) {}

  /** A request came to its end; what came of it follows. */
  default void took(Endpoint endpoint, Duration took) {}

  /** A valuation was answered, or not. */
  default void valued(User user, String ccy, Outcome<Valuation> outcome) {}

  /**
   * What a key is and may do was answered, or not.
   *
   * @param blocked whether the user is not polled because of it
   */
  default void identified(User user, Outcome<ApiKeyInfo> keyInfo, boolean blocked) {}

  /** Two users turned out to be one User ID, and share their budget from now on. */
  default void joined(User one, User other) {}

  /** How far our clock is ahead of a host's was measured, or not. */
  default void measured(URI host, Outcome<Duration> skew) {}

  /** Which maintenance a host announces was answered, or not. */
  default void announced(URI host, Outcome<List<Maintenance>> maintenance) {}

  /** What this endpoint of a host last said has not been confirmed for too long to stand. */
  default void forgotten(URI host, Endpoint endpoint) {}
}
