package io.okxexporter.ledger;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.User;
import io.okxexporter.model.Withdrawal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notified of what OKX's ledgers state, on the timer's thread. All users of one User ID are
 * notified of the same.
 */
public interface LedgerListener {
  /** How often a ledger of the user is read, at the start and whenever it changes. */
  default void planned(User user, LedgerName ledger, Duration interval) {}

  /** A request for a page of a ledger completed. */
  default void requested(User user, Endpoint endpoint, Outcome<?> outcome) {}

  /**
   * A ledger was read to its end, or could not be.
   *
   * @param failure the failure; null for a success
   */
  default void read(User user, LedgerName ledger, @Nullable Failure<?> failure) {}

  /** What came and left, from a funding ledger that was read to its end. */
  default void flows(User user, FlowSummary flows) {}

  /**
   * The withdrawals that are pending or were requested within as many days as flows reach back.
   *
   * @param ledger {@link LedgerName#WITHDRAWALS} or {@link LedgerName#FIAT}
   */
  default void withdrawals(User user, LedgerName ledger, List<Withdrawal> withdrawals) {}

  /** A ledger is no longer read, as another states the same. */
  default void stopped(User user, LedgerName ledger) {}

  /** The user's ledgers are no longer known: its key changed, or it is not polled. */
  default void forgotten(User user) {}

  /** A request for index prices in USDT, by coin, completed. */
  default void priced(Outcome<Map<String, BigDecimal>> prices) {}
}
