package io.okxexporter.diagnosis;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.OkxApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.Timer;
import io.okxexporter.model.User;
import io.okxexporter.poll.PacedQueue;
import io.okxexporter.poll.PollListener;
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
 * Asks what each key is and may do, lets its user be polled accordingly, and has keys of one User
 * ID share a budget.
 */
final class KeyDiagnosis {
  private static final long INTERVAL = Duration.ofHours(1).toNanos();
  private static final long RETRY = Duration.ofMinutes(1).toNanos();
  private static final int MAX_DOUBLINGS = 6;

  /** From when the key is due: then the user is polled though nothing is known. */
  private static final long LONGEST_HOLD = Duration.ofSeconds(10).toNanos();

  private final OkxApi okx;
  private final List<PollListener> listeners;
  private final boolean allowTradingKeys;
  private final ValuationPoller poller;
  private final BackgroundRequests asking;
  private final Timer timer;
  private final RandomGenerator random;
  private final Map<User, Key> keys = new LinkedHashMap<>();
  private final Map<RateLimitGroup, PacedQueue> lanes = new HashMap<>();
  private final Map<String, User> firstOfUid = new HashMap<>();

  KeyDiagnosis(
      OkxApi okx,
      List<PollListener> listeners,
      boolean allowTradingKeys,
      ValuationPoller poller,
      BackgroundRequests asking,
      Timer timer,
      RandomGenerator random) {
    this.okx = okx;
    this.listeners = listeners;
    this.allowTradingKeys = allowTradingKeys;
    this.poller = poller;
    this.asking = asking;
    this.timer = timer;
    this.random = random;
  }

  /** Asks no more about others than these. */
  void retain(Set<User> all) {
    keys.keySet().retainAll(all);
    firstOfUid.clear();
    keys.values().forEach(Key::claimsUid);
    lanes.keySet().retainAll(all.stream().map(User::rateLimitGroup).toList());
  }

  /** Whether the user's key is asked about already. */
  boolean knows(User user) {
    return keys.containsKey(user);
  }

  /**
   * From now on the key of this user is one of those asked about.
   *
   * @param due in how many nanoseconds it is to be asked about first
   */
  Key add(User user, long due) {
    Key key = new Key(user);
    keys.put(user, key);
    asking.later(due + LONGEST_HOLD, key::admitUnasked);
    return key;
  }

  /** What is known of one user's key, and when it is asked for again. */
  final class Key {
    private final User user;
    private int failuresInARow;
    private @Nullable String uid;

    private Key(User user) {
      this.user = user;
    }

    private void admitUnasked() {
      if (!isGone()) {
        poller.admitUnlessBlocked(user);
      }
    }

    private boolean isGone() {
      return keys.get(user) != this;
    }

    void ask() {
      if (!isGone()) {
        lanes
            .computeIfAbsent(
                user.rateLimitGroup(),
                any -> PacedQueue.alone(Endpoint.ACCOUNT_CONFIG.gap(), timer, asking::now))
            .enter(this::ask);
      }
    }

    private void ask(Consumer<Outcome<?>> finished) {
      asking.<ApiKeyInfo>ask(
          Endpoint.ACCOUNT_CONFIG,
          () -> listeners.forEach(it -> it.sent(user, Endpoint.ACCOUNT_CONFIG)),
          done -> okx.apiKeyInfo(user, done),
          keyInfo -> {
            finished.accept(keyInfo);
            if (!isGone()) {
              answered(keyInfo);
            }
          });
    }

    private void answered(Outcome<ApiKeyInfo> outcome) {
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
      joinWithTheFirst();
      if (blocked) {
        poller.block(user);
      } else {
        poller.admit(user);
      }
      // Not all at once an hour later.
      asking.later((long) (INTERVAL * (1 - random.nextDouble() / 2)), this::ask);
    }

    private void joinWithTheFirst() {
      if (!claimsUid()) {
        User first = Objects.requireNonNull(firstOfUid.get(uid));
        if (poller.join(first, user)) {
          listeners.forEach(it -> it.joined(first, user));
        }
      }
    }

    /** False if another key has the same User ID, and claimed it first. */
    private boolean claimsUid() {
      return uid == null || firstOfUid.computeIfAbsent(uid, any -> user).equals(user);
    }

    private void failed(Outcome<ApiKeyInfo> failure) {
      listeners.forEach(it -> it.identified(user, failure, false));
      poller.admitUnlessBlocked(user);
      long wait = Math.min(RETRY << Math.min(failuresInARow, MAX_DOUBLINGS), INTERVAL);
      failuresInARow++;
      double jitter = 0.8 + 0.4 * random.nextDouble();
      asking.later((long) (jitter * wait), this::ask);
    }
  }
}
