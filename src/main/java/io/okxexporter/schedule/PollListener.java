package io.okxexporter.schedule;

import io.okxexporter.model.Outcome;
import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is told what happens, in order, on the timer's thread. */
public interface PollListener {
  /**
   * How the user is polled, at the start and whenever that changes.
   *
   * @param budget whose budget it uses: that of another group where both were found to be one User
   *     ID
   * @param refreshInterval at which every unit is really refreshed
   */
  void planned(User user, RateLimitGroup budget, Duration refreshInterval);

  /**
   * When the user is asked for next, as far as its own limits allow; null while it is not to be.
   */
  void next(User user, @Nullable Duration in);

  /** A request goes out. */
  void sent(User user, String ccy);

  /** A request came to its end. */
  void finished(User user, String ccy, Outcome<Valuation> outcome, Duration took);
}
