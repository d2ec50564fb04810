package io.okxexporter.store;

import io.okxexporter.ledger.FlowSummary;
import io.okxexporter.ledger.LedgerName;
import io.okxexporter.model.FlowKind;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Withdrawal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What OKX's ledgers state about one user; immutable.
 *
 * @param ledgers the ledgers that are read
 * @param flows what came and left; null while unknown
 * @param withdrawals those that are pending or were requested lately, by ledger; absent while
 *     unknown
 */
public record LedgersView(
    Map<LedgerName, LedgerView> ledgers,
    @Nullable FlowSummary flows,
    Map<LedgerName, List<Withdrawal>> withdrawals) {
  /** Nothing is read. */
  public static final LedgersView NONE = new LedgersView(Map.of(), null, Map.of());

  LedgersView planned(LedgerName ledger, Duration interval) {
    return with(ledger, view -> view.planned(interval));
  }

  LedgersView read(LedgerName ledger, Instant at, long nanoTime, @Nullable Failure<?> failure) {
    return with(ledger, view -> view.read(at, nanoTime, failure));
  }

  LedgersView without(LedgerName ledger) {
    Map<LedgerName, LedgerView> next = new EnumMap<>(LedgerName.class);
    next.putAll(ledgers);
    next.remove(ledger);
    return new LedgersView(Collections.unmodifiableMap(next), flows, withdrawals);
  }

  LedgersView flows(FlowSummary newFlows) {
    return new LedgersView(ledgers, newFlows, withdrawals);
  }

  LedgersView withdrawals(LedgerName ledger, List<Withdrawal> newWithdrawals) {
    Map<LedgerName, List<Withdrawal>> next = new EnumMap<>(LedgerName.class);
    next.putAll(withdrawals);
    next.put(ledger, List.copyOf(newWithdrawals));
    return new LedgersView(ledgers, flows, Collections.unmodifiableMap(next));
  }

  /** Withdraws what was stated too long ago. */
  LedgersView at(Instant now, long nanoTime, Duration staleAfter) {
    Map<LedgerName, List<Withdrawal>> fresh = new EnumMap<>(LedgerName.class);
    withdrawals.forEach(
        (ledger, all) -> {
          if (of(ledger).isFresh(now, nanoTime, staleAfter)) {
            fresh.put(ledger, all);
          }
        });
    FlowSummary freshFlows =
        of(LedgerName.FUNDING).isFresh(now, nanoTime, staleAfter) ? flows : null;
    boolean freshTransfers =
        of(LedgerName.SUBACCOUNT).isFresh(now, nanoTime, staleAfter)
            || of(LedgerName.TRADING).isFresh(now, nanoTime, staleAfter);
    return new LedgersView(
        ledgers,
        freshFlows == null || freshTransfers
            ? freshFlows
            : freshFlows.withoutCountsOf(FlowKind.SUB_ACCOUNT),
        fresh);
  }

  /** Whether it is known which withdrawals to banks are not final, or that there are none. */
  public boolean knowsFiat() {
    return withdrawals.containsKey(LedgerName.FIAT) || of(LedgerName.FIAT).isRefused();
  }

  /** The withdrawals of all ledgers. */
  public Stream<Withdrawal> allWithdrawals() {
    return withdrawals.values().stream().flatMap(List::stream);
  }

  private LedgerView of(LedgerName ledger) {
    return ledgers.getOrDefault(ledger, LedgerView.UNKNOWN);
  }

  private LedgersView with(LedgerName ledger, UnaryOperator<LedgerView> change) {
    Map<LedgerName, LedgerView> next = new EnumMap<>(LedgerName.class);
    next.putAll(ledgers);
    next.put(ledger, change.apply(of(ledger)));
    return new LedgersView(Collections.unmodifiableMap(next), flows, withdrawals);
  }
}
