package io.okxexporter.diagnosis;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.OkxApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.Timer;
import io.okxexporter.model.User;
import io.okxexporter.poll.BackgroundRequests;
import io.okxexporter.poll.PacedQueue;
import io.okxexporter.poll.PollListener;
import io.okxexporter.poll.RequestLimiter.Purpose;
import io.okxexporter.poll.ValuationPoller;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Requests each key's identity and permissions, admits or blocks its user accordingly, and makes
 * keys of one User ID share a budget.
 */
final class KeyDiagnosis {
  private static final long INTERVAL = Duration.ofHours(1).toNanos();
  private static final long RETRY = Duration.ofMinutes(1).toNanos();
  private static final int MAX_DOUBLINGS = 6;

  /** How long after its key is due a user waits at most before it is polled regardless. */
  private static final long MAX_WAIT = Duration.ofSeconds(10).toNanos();

  private final OkxApi okx;
  private final List<PollListener> listeners;
  private final boolean allowTradingKeys;
  private final ValuationPoller poller;
  private final BackgroundRequests requests;
  private final Timer timer;
  private final RandomGenerator random;
  private final Map<User, Key> keys = new LinkedHashMap<>();
  private final Map<RateLimitGroup, PacedQueue> queues = new HashMap<>();
  private final Map<String, User> firstOfUid = new HashMap<>();

  KeyDiagnosis(
      OkxApi okx,
      List<PollListener> listeners,
      boolean allowTradingKeys,
      ValuationPoller poller,
      BackgroundRequests requests,
      Timer timer,
      RandomGenerator random) {
    this.okx = okx;
    this.listeners = listeners;
    this.allowTradingKeys = allowTradingKeys;
    this.poller = poller;
    this.requests = requests;
    this.timer = timer;
    this.random = random;
  }

  /** Stops diagnosing the keys of all other users. */
  void retain(Set<User> all) {
    keys.keySet().retainAll(all);
    firstOfUid.clear();
    keys.values().forEach(Key::claimUid);
    queues.keySet().retainAll(all.stream().map(User::rateLimitGroup).toList());
  }

  /** Whether the user's key is diagnosed already. */
  boolean knows(User user) {
    return keys.containsKey(user);
  }

  /**
   * Diagnoses the user's key from now on.
   *
   * @param due in how many nanoseconds its first request is due
   */
  Key add(User user, long due) {
    Key key = new Key(user);
    keys.put(user, key);
    requests.later(due + MAX_WAIT, key::admitUnidentified);
    return key;
  }

  /** The findings about one user's key and the schedule of its requests. */
  final class Key {
    private final User user;
    private int failuresInARow;
    private @Nullable String uid;

    private Key(User user) {
      this.user = user;
    }

    private void admitUnidentified() {
      if (!isGone()) {
        poller.admitUnlessBlocked(user);
      }
    }

    private boolean isGone() {
      return keys.get(user) != this;
    }

    void request() {
      if (!isGone()) {
        queues
            .computeIfAbsent(
                user.rateLimitGroup(),
                any ->
                    PacedQueue.withoutPredecessor(
                        Endpoint.ACCOUNT_CONFIG.gap(), timer, requests::now))
            .enter(this::request);
      }
    }

    private void request(Consumer<Outcome<?>> finished) {
      requests.<ApiKeyInfo>send(
          Purpose.DIAGNOSIS,
          Endpoint.ACCOUNT_CONFIG,
          () -> true,
          () -> listeners.forEach(it -> it.sent(user, Endpoint.ACCOUNT_CONFIG)),
          done -> okx.apiKeyInfo(user, done),
          keyInfo -> {
            finished.accept(keyInfo);
            if (!isGone()) {
              completed(keyInfo);
            }
          });
    }

    private void completed(Outcome<ApiKeyInfo> outcome) {
      if (outcome instanceof Success<ApiKeyInfo> ok) {
        identified(ok);
      } else {
        failed(outcome);
      }
    }

    private void identified(Success<ApiKeyInfo> keyInfo) {
      failuresInARow = 0;
      boolean blocked = !allowTradingKeys && !keyInfo.value().readOnly();
      listeners.forEach(it -> it.identified(user, keyInfo, blocked));
      uid = keyInfo.value().uid();
      joinWithFirst();
      if (blocked) {
        poller.block(user);
      } else {
        poller.admit(user);
      }
      // Spreads the next requests, which would otherwise all come an hour later.
      requests.later((long) (INTERVAL * (1 - random.nextDouble() / 2)), this::request);
    }

    private void joinWithFirst() {
      if (!claimUid()) {
        User first = Objects.requireNonNull(firstOfUid.get(uid));
        if (poller.join(first, user)) {
          listeners.forEach(it -> it.joined(first, user));
        }
      }
    }

    /** Claims this key's User ID; returns false if another key claimed it first. */
    private boolean claimUid() {
      return uid == null || firstOfUid.computeIfAbsent(uid, any -> user).equals(user);
    }

    private void failed(Outcome<ApiKeyInfo> failure) {
      listeners.forEach(it -> it.identified(user, failure, false));
      poller.admitUnlessBlocked(user);
      long wait = Math.min(RETRY << Math.min(failuresInARow, MAX_DOUBLINGS), INTERVAL);
      failuresInARow++;
      double jitter = 0.8 + 0.4 * random.nextDouble();
      requests.later((long) (jitter * wait), this::request);
    }
  }
}
