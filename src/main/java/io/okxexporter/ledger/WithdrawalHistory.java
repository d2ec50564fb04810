package io.okxexporter.ledger;

import io.okxexporter.model.LedgerApi;
import io.okxexporter.model.Withdrawal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The withdrawals of one User ID that are pending, or were requested within as many days as flows
 * reach back. Read in rounds: the newest page, then each that was pending and that newer ones have
 * pushed off that page. The first round reads older pages, too. Pure; the caller sends. Times are
 * OKX's.
 */
final class WithdrawalHistory {
  private final boolean paged;
  private @Nullable Map<String, Withdrawal> known;
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
  WithdrawalHistory(boolean paged) {
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
      end();
    }
  }

  /** After the first round, only those that were pending can have changed on older pages. */
  private void requestMore(WithdrawalQuery query, Instant last) {
    Instant before = last.plusMillis(1); // more of this millisecond may follow
    if (known != null) {
      known.values().stream()
          .filter(each -> each.isPending() && !read.containsKey(each.id()))
          .forEach(each -> requests.add(new WithdrawalQuery(each.id(), null)));
    } else if (last.isAfter(windowStart)
        && (query.before == null || before.isBefore(query.before))) {
      requests.add(new WithdrawalQuery(null, before));
    }
  }

  /** One that was pending and that OKX no longer names is forgotten. */
  private void end() {
    Map<String, Withdrawal> next = new HashMap<>();
    if (known != null) {
      next.putAll(known);
    }
    next.values().removeIf(Withdrawal::isPending);
    next.putAll(read);
    next.values().removeIf(each -> !each.isPending() && each.at().isBefore(windowStart));
    known = next;
  }

  /** As of the last round, the newest first. */
  List<Withdrawal> withdrawals() {
    return known == null
        ? List.of()
        : known.values().stream()
            .sorted(Comparator.comparing(Withdrawal::at).reversed().thenComparing(Withdrawal::id))
            .toList();
  }

  /** Whether one of them is pending. */
  boolean hasPending() {
    return known != null && known.values().stream().anyMatch(Withdrawal::isPending);
  }
}
