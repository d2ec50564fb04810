package io.okxexporter.ledger;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Timer;
import io.okxexporter.model.User;
import io.okxexporter.poll.BackgroundRequests;
import io.okxexporter.poll.Backoff;
import io.okxexporter.poll.PacedQueue;
import io.okxexporter.poll.PollLimits;
import io.okxexporter.poll.PollListener;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ledgers of every User ID, once a User ID is known: keys of one User ID read them once.
 * Used on the timer's thread.
 */
public final class LedgerPoller implements PollListener {
  private final UserIdLedgers.Context context;
  private final IndexPrices prices;
  private final Map<UserId, UserIdLedgers> ledgers = new LinkedHashMap<>();
  private final Map<User, UserId> userIds = new HashMap<>();
  private final Map<UserId, Set<User>> keys = new HashMap<>();
  private Set<User> users = Set.of();
  private Duration interval = Duration.ZERO;
  private double perSecond;
  private double valuationsPerSecond;
  private @Nullable LedgerPlan plan;
  private boolean firstRounds;

  /** A User ID at one of OKX's regions, in live or demo trading. */
  private record UserId(URI host, boolean demo, String uid, boolean sub) {
    static UserId of(User user, ApiKeyInfo key) {
      return new UserId(user.baseUrl(), user.demo(), key.uid(), key.isSubAccount());
    }
  }

  /**
   * @param pollListeners notified of each request
   */
  public LedgerPoller(
      LedgerSource source,
      BackgroundRequests requests,
      Timer timer,
      Backoff backoff,
      List<PollListener> pollListeners) {
    context =
        new UserIdLedgers.Context(
            source.okx(),
            requests,
            endpoint -> PacedQueue.withoutPredecessor(endpoint.gap(), timer, requests::now),
            (user, endpoint) -> pollListeners.forEach(it -> it.sent(user, endpoint)),
            backoff,
            new BillTypes(source.billTypes()),
            source.okxNow(),
            this::plan,
            source.listeners());
    prices = new IndexPrices(source, requests, pollListeners, this::anyFlows);
  }

  /** Reads the ledgers of these users, and of no others, from now on. */
  public void update(List<User> all, PollLimits limits) {
    users = Set.copyOf(all);
    interval = limits.ledgerInterval();
    perSecond = limits.maxRequestsPerSecond();
    int units = all.stream().mapToInt(user -> user.ccys().size()).sum();
    valuationsPerSecond = units * 1e9 / limits.pollInterval().toNanos();
    plan = null;
    List.copyOf(userIds.keySet()).stream()
        .filter(user -> !users.contains(user))
        .forEach(this::leave);
    prices.update(all);
  }

  /** Begins to read the ledgers of a User ID with its first key. */
  @Override
  public void identified(User user, Outcome<ApiKeyInfo> outcome, boolean blocked) {
    if (!users.contains(user) || !(outcome instanceof Success<ApiKeyInfo> key)) {
      return;
    }
    UserId userId = UserId.of(user, key.value());
    if (blocked) {
      leave(user);
    } else if (!userId.equals(userIds.get(user))) {
      leave(user);
      userIds.put(user, userId);
      keys.computeIfAbsent(userId, any -> new LinkedHashSet<>()).add(user);
      useKeys(userId);
    }
  }

  private void leave(User user) {
    UserId userId = userIds.remove(user);
    if (userId != null) {
      keys.getOrDefault(userId, Set.of()).remove(user);
      context.listeners().forEach(it -> it.forgotten(user));
      useKeys(userId);
    }
  }

  /** Reads with the keys that this User ID has now. */
  private void useKeys(UserId userId) {
    plan = null;
    Set<User> members = keys.getOrDefault(userId, Set.of());
    UserIdLedgers current = ledgers.get(userId);
    if (members.isEmpty()) {
      keys.remove(userId);
      stop(ledgers.remove(userId));
    } else if (current != null) {
      current.use(List.copyOf(members));
    } else {
      UserIdLedgers started = new UserIdLedgers(context, List.copyOf(members), userId.sub());
      ledgers.put(userId, started);
      firstRounds = true;
      started.start();
    }
  }

  private static void stop(@Nullable UserIdLedgers gone) {
    if (gone != null) {
      gone.stop();
    }
  }

  private boolean anyFlows() {
    return ledgers.values().stream().anyMatch(UserIdLedgers::hasFlows);
  }

  private LedgerPlan plan() {
    if (firstRounds && ledgers.values().stream().noneMatch(UserIdLedgers::isInFirstRound)) {
      firstRounds = false;
      plan = null;
    }
    LedgerPlan current = plan;
    if (current == null) {
      int mains = (int) ledgers.keySet().stream().filter(userId -> !userId.sub()).count();
      current =
          LedgerPlan.of(
              interval, perSecond, valuationsPerSecond, ledgers.size(), mains, firstRounds);
      plan = current;
    }
    return current;
  }
}
