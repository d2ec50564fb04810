package io.okxexporter.schedule;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.KeyFacts;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.User;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Asks what each key is and may do, lets its user be polled accordingly, and has keys of one User
 * ID share a budget.
 */
final class KeyDiagnosis {
  private static final long INTERVAL = Duration.ofHours(1).toNanos();
  private static final long RETRY = Duration.ofMinutes(1).toNanos();
  private static final int MAX_DOUBLINGS = 6;

  /** For the request, and its turn: from then on the user is polled though nothing is known. */
  private static final long LONGEST_HOLD = Duration.ofSeconds(10).toNanos();

  /** Five per two seconds are allowed of one User ID. */
  private static final Duration GAP = Duration.ofMillis(500);

  private final Questions questions;
  private final DiagnosisListener listener;
  private final boolean allowTradingKeys;
  private final Polls polls;
  private final PatientAsking asking;
  private final Timer timer;
  private final RandomGenerator random;
  private final Map<User, Key> keys = new HashMap<>();
  private final Map<Object, OneByOne> lanes = new HashMap<>();
  private final Map<String, User> firstOfUid = new HashMap<>();

  KeyDiagnosis(
      Scheduler.Diagnose diagnose,
      Polls polls,
      PatientAsking asking,
      Timer timer,
      RandomGenerator random) {
    this.questions = diagnose.questions();
    this.listener = diagnose.listener();
    this.allowTradingKeys = diagnose.allowTradingKeys();
    this.polls = polls;
    this.asking = asking;
    this.timer = timer;
    this.random = random;
  }

  /** Asks no more about others than these. */
  void retain(Set<User> all) {
    keys.keySet().retainAll(all);
    firstOfUid.values().retainAll(keys.keySet());
    lanes.keySet().removeIf(budget -> budget instanceof User user && !keys.containsKey(user));
  }

  /** Whether the user's key is asked about already. */
  boolean knows(User user) {
    return keys.containsKey(user);
  }

  /** Asks about the key of a user from now on. */
  Key add(User user) {
    Key key = new Key(user);
    keys.put(user, key);
    return key;
  }

  /** What is known of one user's key, and when it is asked for again. */
  final class Key {
    private final User user;
    private int failuresInARow;

    private Key(User user) {
      this.user = user;
    }

    /** For the first time. */
    void begin() {
      ask();
      asking.later(LONGEST_HOLD, this::admitUnasked);
    }

    private void admitUnasked() {
      if (!isGone()) {
        polls.admitUnlessRefused(user);
      }
    }

    private boolean isGone() {
      return keys.get(user) != this;
    }

    private void ask() {
      if (!isGone()) {
        Object budget = user.rateLimitGroup() == null ? user : user.rateLimitGroup();
        lanes.computeIfAbsent(budget, any -> new OneByOne(GAP, timer)).enter(this::ask);
      }
    }

    private void ask(Runnable finished) {
      asking.<KeyFacts>ask(
          Endpoint.ACCOUNT_CONFIG,
          () -> listener.asked(user, Endpoint.ACCOUNT_CONFIG),
          done -> questions.keyFacts(user, done),
          facts -> {
            finished.run();
            if (!isGone()) {
              answered(facts);
            }
          });
    }

    private void answered(Outcome<KeyFacts> outcome) {
      if (outcome instanceof Success<KeyFacts> ok) {
        identified(ok);
      } else {
        failed(outcome);
      }
    }

    private void identified(Success<KeyFacts> facts) {
      failuresInARow = 0;
      boolean refused = !allowTradingKeys && !facts.value().readOnly();
      listener.identified(user, facts, refused);
      joinWithTheFirstOf(facts.value().uid());
      if (refused) {
        polls.refuse(user);
      } else {
        polls.admit(user);
      }
      // Not all at once an hour later.
      asking.later((long) (INTERVAL * (1 - random.nextDouble() / 2)), this::ask);
    }

    private void joinWithTheFirstOf(String uid) {
      User first = firstOfUid.putIfAbsent(uid, user);
      if (first != null && !first.equals(user) && polls.join(first, user)) {
        listener.joined(first, user);
      }
    }

    private void failed(Outcome<KeyFacts> failure) {
      listener.identified(user, failure, false);
      polls.admitUnlessRefused(user);
      long wait = Math.min(RETRY << Math.min(failuresInARow, MAX_DOUBLINGS), INTERVAL);
      failuresInARow++;
      double jitter = 0.8 + 0.4 * random.nextDouble();
      asking.later((long) (jitter * wait), this::ask);
    }
  }
}
