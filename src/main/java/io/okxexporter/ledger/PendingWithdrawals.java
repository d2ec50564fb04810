package io.okxexporter.ledger;

import io.okxexporter.model.LedgerApi;
import io.okxexporter.model.Withdrawal;
import io.okxexporter.model.Withdrawal.Stage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The withdrawals of one User ID that are not final, read in rounds: the newest page, then each
 * that was pending and that newer ones have pushed off that page. The first round reads pages of as
 * many days as flows. Pure; the caller sends. Times are OKX's.
 */
final class PendingWithdrawals {
  private final boolean paged;
  private Map<String, Withdrawal> pending = Map.of();
  private boolean known;
  private Instant windowStart = Instant.MIN;
  private final Map<String, Withdrawal> read = new TreeMap<>();
  private final Deque<WithdrawalQuery> requests = new ArrayDeque<>();

  /**
   * A page to request.
   *
   * @param id only the withdrawal with this id; null for all
   * @param before only earlier ones; null for the newest
   */
  record WithdrawalQuery(@Nullable String id, @Nullable Instant before) {
    static final WithdrawalQuery NEWEST = new WithdrawalQuery(null, null);
  }

  /**
   * @param paged whether more than the newest page can be requested
   */
  PendingWithdrawals(boolean paged) {
    this.paged = paged;
  }

  /** Begins a round. */
  void begin(Instant nowOkx) {
    windowStart = nowOkx.minus(FlowSummary.WINDOW);
    read.clear();
    requests.clear();
    requests.add(WithdrawalQuery.NEWEST);
  }

  /** The page to request next; null when the round is over. */
  @Nullable WithdrawalQuery next() {
    return requests.peek();
  }

  /** The requested page. */
  void page(List<Withdrawal> page) {
    WithdrawalQuery query = requests.remove();
    page.forEach(each -> read.put(each.id(), each));
    if (paged && query.id == null && page.size() >= LedgerApi.PAGE_SIZE) {
      requestMore(query, page.get(page.size() - 1).at());
    }
    if (requests.isEmpty()) {
      known = true;
      pending =
          read.values().stream()
              .filter(each -> each.stage() != Stage.FINAL)
              .collect(Collectors.toUnmodifiableMap(Withdrawal::id, each -> each));
    }
  }

  /** After the first round, only those that were pending can be pending on older pages. */
  private void requestMore(WithdrawalQuery query, Instant last) {
    Instant before = last.plusMillis(1); // more of this millisecond may follow
    if (known) {
      pending.keySet().stream()
          .filter(id -> !read.containsKey(id))
          .forEach(id -> requests.add(new WithdrawalQuery(id, null)));
    } else if (last.isAfter(windowStart)
        && (query.before == null || before.isBefore(query.before))) {
      requests.add(new WithdrawalQuery(null, before));
    }
  }

  /** The pending ones as of the last round, the newest first. */
  List<Withdrawal> pending() {
    return pending.values().stream()
        .sorted(Comparator.comparing(Withdrawal::at).reversed().thenComparing(Withdrawal::id))
        .toList();
  }
}
