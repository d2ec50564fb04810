package io.okxexporter.ledger;

import io.okxexporter.model.LedgerApi;
import io.okxexporter.model.Withdrawal;
import io.okxexporter.model.Withdrawal.Stage;
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
 * that was pending and that newer ones have pushed off that page. Pure; the caller sends.
 */
final class PendingWithdrawals {
  /** The request for the newest page. */
  static final String NEWEST = "";

  private final boolean byId;
  private Map<String, Withdrawal> pending = Map.of();
  private final Map<String, Withdrawal> read = new TreeMap<>();
  private final Deque<String> requests = new ArrayDeque<>();

  /**
   * @param byId whether a withdrawal can be requested by its id
   */
  PendingWithdrawals(boolean byId) {
    this.byId = byId;
  }

  /** Begins a round. */
  void begin() {
    read.clear();
    requests.clear();
    requests.add(NEWEST);
  }

  /** The id to request next, or {@link #NEWEST}; null when the round is over. */
  @Nullable String next() {
    return requests.peek();
  }

  /** The requested page. */
  void page(List<Withdrawal> page) {
    boolean newest = requests.remove().equals(NEWEST);
    page.forEach(each -> read.put(each.id(), each));
    if (byId && newest && page.size() >= LedgerApi.PAGE_SIZE) {
      pending.keySet().stream().filter(id -> !read.containsKey(id)).forEach(requests::add);
    }
    if (requests.isEmpty()) {
      pending =
          read.values().stream()
              .filter(each -> each.stage() != Stage.FINAL)
              .collect(Collectors.toUnmodifiableMap(Withdrawal::id, each -> each));
    }
  }

  /** The pending ones as of the last round, the newest first. */
  List<Withdrawal> pending() {
    return pending.values().stream()
        .sorted(Comparator.comparing(Withdrawal::at).reversed().thenComparing(Withdrawal::id))
        .toList();
  }
}
