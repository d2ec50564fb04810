package io.okxexporter.store;

import io.okxexporter.ledger.FlowSummary;
import io.okxexporter.ledger.LedgerListener;
import io.okxexporter.ledger.LedgerName;
import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Clock;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.model.Withdrawal;
import io.okxexporter.poll.PollListener;
import io.okxexporter.store.View.HostView;
import io.okxexporter.store.View.Reloads;
import io.okxexporter.store.View.Replica;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The current state of all users and hosts. Thread-safe: written by the scheduler and read by any
 * number of scrapes; each change is atomic.
 */
public final class Store implements PollListener, LedgerListener {
  private final Shard shard;
  private final Clock clock;
  private List<User> others = List.of();
  private Duration staleAfter;
  private Reloads reloads;
  private RequestCounts keyless = RequestCounts.NONE;
  private IndexPricesView prices = IndexPricesView.UNKNOWN;
  private final Map<User, UserView> users = new LinkedHashMap<>();
  private final Map<URI, HostView> hosts = new LinkedHashMap<>();

  /**
   * @param shard selects the users assigned to this process
   * @param staleAfter how long after its last success a valuation is withdrawn
   */
  public Store(Shard shard, List<User> users, Duration staleAfter, Clock clock) {
    this.shard = shard;
    this.clock = clock;
    this.staleAfter = staleAfter;
    reloads = new Reloads(true, clock.now());
    reload(users, staleAfter);
  }

  /** Replaces the users; a user with an unchanged name keeps its state. */
  public synchronized void reload(List<User> all, Duration newStaleAfter) {
    List<User> newUsers = shard.assigned(all);
    others = all.stream().filter(user -> !shard.isAssigned(user)).toList();
    staleAfter = newStaleAfter;
    Map<String, UserView> byName = new HashMap<>();
    users.forEach((user, state) -> byName.put(user.displayName(), state));
    users.clear();
    for (User user : newUsers) {
      UserView known = byName.get(user.displayName());
      users.put(user, known == null ? UserView.unknown(user) : known.reconfigured(user));
      hosts.putIfAbsent(user.baseUrl(), HostView.unknown(user.baseUrl()));
    }
    hosts.keySet().retainAll(newUsers.stream().map(User::baseUrl).toList());
  }

  /** The configuration was reloaded, successfully or not. */
  public synchronized void reloaded(boolean successful) {
    reloads = new Reloads(successful, successful ? clock.now() : reloads.lastSuccess());
  }

  @Override
  public void planned(User user, RateLimitGroup budget, Duration pollInterval) {
    update(user, state -> state.planned(budget, pollInterval));
  }

  @Override
  public void next(User user, @Nullable Duration in) {
    update(user, state -> state.next(in == null ? null : clock.now().plus(in)));
  }

  @Override
  public void sent(User user, Endpoint endpoint) {
    update(user, state -> state.counted(state.requests().sent(endpoint)));
  }

  /** A success replaces the values; a failure keeps them. */
  @Override
  public void valued(User user, String ccy, Outcome<Valuation> outcome) {
    update(user, state -> state.valued(ccy, outcome, clock.now(), clock.nanoTime()));
  }

  /** A failure is counted but keeps what is known of the key. */
  @Override
  public void identified(User user, Outcome<ApiKeyInfo> outcome, boolean blocked) {
    update(
        user,
        state -> {
          UserView counted =
              state.counted(state.requests().finished(Endpoint.ACCOUNT_CONFIG, outcome));
          return outcome instanceof Success<ApiKeyInfo> ok
              ? counted.identified(ok.value(), blocked)
              : counted.unidentified((Failure<ApiKeyInfo>) outcome);
        });
  }

  @Override
  public synchronized void sent(Endpoint endpoint) {
    keyless = keyless.sent(endpoint);
  }

  /** A failure keeps the last measurement. */
  @Override
  public synchronized void measured(URI host, Outcome<Duration> skew) {
    keyless = keyless.finished(Endpoint.PUBLIC_TIME, skew);
    if (skew instanceof Success<Duration> ok) {
      updateHost(host, state -> state.measured(ok.value()));
    }
  }

  /** A failure keeps the last announcement. */
  @Override
  public synchronized void announced(URI host, Outcome<List<Maintenance>> maintenance) {
    keyless = keyless.finished(Endpoint.SYSTEM_STATUS, maintenance);
    if (maintenance instanceof Success<List<Maintenance>> ok) {
      updateHost(host, state -> state.announced(ok.value()));
    }
  }

  @Override
  public void planned(User user, LedgerName ledger, Duration interval) {
    updateLedgers(user, state -> state.planned(ledger, interval));
  }

  @Override
  public void read(User user, LedgerName ledger, @Nullable Failure<?> failure) {
    updateLedgers(user, state -> state.read(ledger, clock.now(), clock.nanoTime(), failure));
  }

  @Override
  public void flows(User user, FlowSummary flows) {
    updateLedgers(user, state -> state.flows(flows));
  }

  @Override
  public void withdrawals(User user, LedgerName ledger, List<Withdrawal> withdrawals) {
    updateLedgers(user, state -> state.withdrawals(ledger, withdrawals));
  }

  @Override
  public void forgotten(User user) {
    updateLedgers(user, state -> LedgersView.NONE);
  }

  @Override
  public void stopped(User user, LedgerName ledger) {
    updateLedgers(user, state -> state.without(ledger));
  }

  @Override
  public void requested(User user, Endpoint endpoint, Outcome<?> outcome) {
    update(user, state -> state.counted(state.requests().finished(endpoint, outcome)));
  }

  /** A failure keeps the last prices. */
  @Override
  public synchronized void priced(Outcome<Map<String, BigDecimal>> outcome) {
    keyless = keyless.finished(Endpoint.INDEX_TICKERS, outcome);
    if (outcome instanceof Success<Map<String, BigDecimal>> ok) {
      prices = new IndexPricesView(ok.value(), clock.now(), clock.nanoTime());
    }
  }

  @Override
  public void forgotten(URI host, Endpoint endpoint) {
    updateHost(
        host,
        state ->
            switch (endpoint) {
              case PUBLIC_TIME -> state.measured(null);
              case SYSTEM_STATUS -> state.announced(List.of());
              case ASSET_VALUATION,
                  ACCOUNT_CONFIG,
                  ASSET_BILLS,
                  ACCOUNT_BILLS,
                  SUB_ACCOUNT_BILLS,
                  WITHDRAWAL_HISTORY,
                  FIAT_WITHDRAWALS,
                  INDEX_TICKERS ->
                  state;
            });
  }

  /** How far the local clock is ahead of a host's; zero if unknown. */
  public synchronized Duration skew(URI host) {
    return HostView.skewOf(hosts.get(host));
  }

  private synchronized void update(User user, UnaryOperator<UserView> change) {
    users.computeIfPresent(user, (key, state) -> change.apply(state));
  }

  private void updateLedgers(User user, UnaryOperator<LedgersView> change) {
    update(user, state -> state.ledgers(change.apply(state.ledgers())));
  }

  private synchronized void updateHost(URI host, UnaryOperator<HostView> change) {
    hosts.computeIfPresent(host, (key, state) -> change.apply(state));
  }

  /** Returns a consistent view of the current state. */
  public View view() {
    List<UserView> states;
    Map<URI, HostView> currentHosts;
    RequestCounts currentKeyless;
    Duration currentStaleAfter;
    Reloads currentReloads;
    Replica currentReplica;
    IndexPricesView currentPrices;
    Instant at;
    long nanoTime;
    synchronized (this) {
      states = List.copyOf(users.values());
      currentHosts = new LinkedHashMap<>(hosts);
      currentKeyless = keyless;
      currentStaleAfter = staleAfter;
      currentReloads = reloads;
      currentReplica = new Replica(shard, others);
      currentPrices = prices;
      at = clock.now();
      nanoTime = clock.nanoTime();
    }
    List<UserView> views = new ArrayList<>();
    for (UserView state : states) {
      Duration skew = HostView.skewOf(currentHosts.get(state.user().baseUrl()));
      views.add(state.at(at, nanoTime, currentStaleAfter, skew));
    }
    return new View(
        at,
        views,
        List.copyOf(currentHosts.values()),
        currentKeyless,
        currentReloads,
        currentReplica,
        currentPrices.at(at, nanoTime));
  }
}
