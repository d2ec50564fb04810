package io.okxexporter.web.security;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.okxexporter.web.connector.ConnectionLimiter;
import io.okxexporter.web.security.PasswordVerifier.LoginClient;
import io.okxexporter.web.security.PasswordVerifier.Verdict;
import io.okxexporter.web.security.PasswordVerifier.VerifyResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of password checks, which run one at a time. Every third turn goes to the oldest
 * attempt, so that every wait ends. The others go to the newest attempt of the address served
 * longest ago, so that a new client gets through. An attempt is as old as its first try, and
 * repeated attempts precede those made once, since guesses are always new.
 */
final class HashQueue {
  static final int MAX_WAITING =
      2 * ConnectionLimiter.MAX_CONNECTIONS; // HTTP/2 carries many on one
  static final int MAX_SEEN = 16 * 1024;
  private static final int MAX_ADDRESSES = 1024;

  /** With 2, guesses whose refusals were held back would take all turns but the oldest's. */
  private static final int OLDEST_EVERY = 3;

  private static final Logger LOG = LoggerFactory.getLogger(HashQueue.class);
  private static final Comparator<QueuedCheck> BY_AGE =
      comparing(QueuedCheck::isNew).thenComparing(QueuedCheck::firstSeen);

  private final Executor worker;
  private final List<QueuedCheck> waiting = new ArrayList<>();
  private final Map<String, Long> firstSeen = new LruMap<>(MAX_SEEN);
  private final Map<String, Long> servedAt = new LruMap<>(MAX_ADDRESSES);
  private long events;
  private boolean running;
  private long turns;

  /**
   * @param key the same for equal attempts
   * @param isNew whether this is its first try
   * @param firstSeen event number of its first try
   */
  private record QueuedCheck(
      String key,
      LoginClient client,
      Supplier<VerifyResult> verification,
      boolean isNew,
      long firstSeen) {}

  /**
   * @param worker runs one task at a time
   */
  HashQueue(Executor worker) {
    this.worker = worker;
  }

  /** Queues a check without blocking a thread. Equal attempts share one check and its result. */
  void submit(String key, LoginClient client, Supplier<VerifyResult> verification) {
    QueuedCheck dropped = add(key, client, verification);
    if (dropped != null) {
      deliver(dropped, VerifyResult.NONE);
    }
  }

  private synchronized @Nullable QueuedCheck add(
      String key, LoginClient client, Supplier<VerifyResult> verification) {
    Long before = firstSeen.putIfAbsent(key, ++events);
    QueuedCheck check =
        new QueuedCheck(
            key, client, verification, before == null, before == null ? events : before);
    waiting.add(check);
    if (!running && !startWorker()) {
      return removed(check);
    }
    return waiting.size() > MAX_WAITING ? removed(leastUrgent()) : null;
  }

  /** Returns the youngest attempt of the address with the most attempts. */
  private QueuedCheck leastUrgent() {
    Map<String, Long> counts =
        waiting.stream().collect(groupingBy(it -> it.client.address(), counting()));
    return waiting.stream()
        .max(comparing((QueuedCheck it) -> counts.get(it.client.address())).thenComparing(BY_AGE))
        .orElseThrow();
  }

  /** Returns false if no thread is available; the next attempt then tries again. */
  private boolean startWorker() {
    try {
      running = true;
      worker.execute(this::verifyAll);
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      running = false;
      return false;
    }
  }

  private void verifyAll() {
    try {
      for (QueuedCheck check = next(); check != null; check = next()) {
        VerifyResult result = verify(check);
        complete(check, result).forEach(it -> deliver(it, result));
      }
    } catch (RuntimeException | Error e) {
      LOG.atError()
          .addKeyValue("err", e.getClass().getName())
          .log("password worker failed; restarting it");
      restart();
    }
  }

  /** Keeps the waiting attempts from waiting forever. */
  private synchronized void restart() {
    if (waiting.isEmpty() || !startWorker()) {
      running = false;
    }
  }

  private @Nullable QueuedCheck next() {
    removeAll(HashQueue::isGone).forEach(it -> deliver(it, VerifyResult.NONE));
    return takeNext();
  }

  private static boolean isGone(QueuedCheck check) {
    try {
      return !check.client.isConnected().getAsBoolean();
    } catch (RuntimeException | Error e) {
      return true;
    }
  }

  private synchronized @Nullable QueuedCheck takeNext() {
    boolean oldestsTurn = turns % OLDEST_EVERY == 0;
    QueuedCheck next = waiting.stream().min(oldestsTurn ? BY_AGE : byAddress()).orElse(null);
    running = next != null;
    turns = running ? turns + 1 : 0;
    return next == null ? null : removed(next);
  }

  private Comparator<QueuedCheck> byAddress() {
    return comparing((QueuedCheck it) -> servedAt.getOrDefault(it.client.address(), 0L))
        .thenComparing(QueuedCheck::firstSeen, reverseOrder());
  }

  private static VerifyResult verify(QueuedCheck check) {
    try {
      return check.verification.get();
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("err", e.getClass().getName()).log("password check failed");
      return VerifyResult.NONE;
    }
  }

  /** Returns all attempts that share the result. */
  private synchronized List<QueuedCheck> complete(QueuedCheck check, VerifyResult result) {
    servedAt.put(check.client.address(), ++events);
    if (result.verdict() != Verdict.UNCHECKED) {
      firstSeen.remove(check.key);
    }
    List<QueuedCheck> same = removeAll(it -> it.key.equals(check.key));
    same.add(check);
    return same;
  }

  private static void deliver(QueuedCheck check, VerifyResult result) {
    try {
      check.client.onResult().accept(result);
    } catch (RuntimeException | Error e) {
      // This client gets no response; the others must not wait forever.
    }
  }

  private QueuedCheck removed(QueuedCheck check) {
    waiting.remove(check);
    return check;
  }

  private synchronized List<QueuedCheck> removeAll(Predicate<QueuedCheck> condition) {
    List<QueuedCheck> all = new ArrayList<>();
    waiting.removeIf(it -> condition.test(it) && all.add(it));
    return all;
  }

  synchronized int waiting() {
    return waiting.size();
  }
}
