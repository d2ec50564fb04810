package io.okxexporter.model;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What OKX states about money that comes and leaves. Each method sends one request and calls back
 * exactly once, on any thread. Pacing is the caller's responsibility.
 */
public interface LedgerApi {
  /** The most entries of a page of a ledger. */
  int PAGE_SIZE = 100;

  /**
   * Requests a page of the bills of a user's funding account, newest first.
   *
   * @param provider OKX's number of the custody provider whose bills are included; null for OKX's
   *     default
   * @param before only bills with an earlier {@code ts}; null for the newest
   */
  void fundingBills(
      User user,
      @Nullable String provider,
      @Nullable Instant before,
      Consumer<Outcome<List<Bill>>> done);

  /**
   * Requests a page of the transfers into and out of a user's trading account, newest first. Types
   * are OKX's {@code subType}.
   *
   * @param after only bills before the one with this {@code billId}; null for the newest
   */
  void tradingTransfers(User user, @Nullable String after, Consumer<Outcome<List<Bill>>> done);

  /**
   * Requests a page of the transfers between a main account and its sub-accounts, newest first.
   * Changes are those of the main account.
   *
   * @param before only bills with an earlier {@code ts}; null for the newest
   */
  void subAccountTransfers(User user, @Nullable Instant before, Consumer<Outcome<List<Bill>>> done);

  /**
   * Requests a page of a user's withdrawals on chain and to other users, newest first.
   *
   * @param id only the withdrawal with this {@code wdId}; null for all
   * @param before only withdrawals with an earlier {@code ts}; null for the newest
   */
  void withdrawals(
      User user,
      @Nullable String id,
      @Nullable Instant before,
      Consumer<Outcome<List<Withdrawal>>> done);

  /** Requests a page of a user's withdrawals to banks, newest first. */
  void fiatWithdrawals(User user, Consumer<Outcome<List<Withdrawal>>> done);

  /** Requests the index price in USDT of every coin that has one, by coin. */
  void indexPrices(
      URI host, @Nullable HttpProxy proxy, Consumer<Outcome<Map<String, BigDecimal>>> done);
}
