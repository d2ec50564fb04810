package io.okxexporter.schedule;

import io.okxexporter.model.Outcome;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is told what happens, in order, on the timer's thread. */
public interface PollListener {
  /** The interval at which every unit of the user is really refreshed, at the start and anew. */
  void planned(User user, Duration refreshInterval);

  /**
   * When the user is asked for next, as far as its own limits allow; null while it is not to be.
   */
  void next(User user, @Nullable Duration in);

  /** A request goes out. */
  void sent(User user, String ccy);

  /** A request came to its end. */
  void finished(User user, String ccy, Outcome<Valuation> outcome, Duration took);
}
