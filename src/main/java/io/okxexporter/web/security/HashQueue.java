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
 * Checks of passwords, one at a time. Every third turn is for the oldest attempt, so that no wait
 * is without end; the others are for the newest of the address that was served longest ago, so that
 * somebody new can pass. An attempt is as old as its first try, and one that comes again goes
 * before all that came once, since guesses are always new.
 */
final class HashQueue {
  static final int MOST_WAITING = 2 * ConnectionLimiter.CONNECTIONS; // HTTP/2 has many on one
  static final int MOST_SEEN = 16 * 1024;
  private static final int MOST_ADDRESSES = 1024;

  /** At every second turn, guesses whose refusals were held back would take all of the others. */
  private static final int OLDEST_EVERY = 3;

  private static final Logger LOG = LoggerFactory.getLogger(HashQueue.class);
  private static final Comparator<QueuedCheck> BY_AGE =
      comparing(QueuedCheck::isNew).thenComparing(QueuedCheck::firstSeen);

  private final Executor worker;
  private final List<QueuedCheck> waiting = new ArrayList<>();
  private final Map<String, Long> firstSeen = new LruMap<>(MOST_SEEN);
  private final Map<String, Long> servedAt = new LruMap<>(MOST_ADDRESSES);
  private long events;
  private boolean running;
  private long turns;

  /**
   * @param name the same for attempts that are equal
   * @param isNew whether it comes for the first time
   * @param firstSeen number of its first arrival
   */
  private record QueuedCheck(
      String name, LoginClient asker, Supplier<VerifyResult> work, boolean isNew, long firstSeen) {}

  /**
   * @param worker runs one task at a time
   */
  HashQueue(Executor worker) {
    this.worker = worker;
  }

  /** Waits its turn without holding a thread. All that are equal get what is found for one. */
  void submit(String name, LoginClient asker, Supplier<VerifyResult> work) {
    QueuedCheck tooMany = add(name, asker, work);
    if (tooMany != null) {
      answer(tooMany, VerifyResult.NONE);
    }
  }

  private synchronized @Nullable QueuedCheck add(
      String name, LoginClient asker, Supplier<VerifyResult> work) {
    Long before = firstSeen.putIfAbsent(name, ++events);
    QueuedCheck check =
        new QueuedCheck(name, asker, work, before == null, before == null ? events : before);
    waiting.add(check);
    if (!running && !begin()) {
      return taken(check);
    }
    return waiting.size() > MOST_WAITING ? taken(last()) : null;
  }

  /** The youngest of the address that has the most. */
  private QueuedCheck last() {
    Map<String, Long> places =
        waiting.stream().collect(groupingBy(it -> it.asker.address(), counting()));
    return waiting.stream()
        .max(comparing((QueuedCheck it) -> places.get(it.asker.address())).thenComparing(BY_AGE))
        .orElseThrow();
  }

  /** False if there is no thread to be had: then the next one to come tries again. */
  private boolean begin() {
    try {
      running = true;
      worker.execute(this::work);
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      running = false;
      return false;
    }
  }

  private void work() {
    try {
      for (QueuedCheck next = next(); next != null; next = next()) {
        VerifyResult finding = found(next);
        finish(next, finding).forEach(it -> answer(it, finding));
      }
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("err", e.getClass().getName()).log("password check failed");
      goOn();
    }
  }

  /** Otherwise all that wait would wait for ever. */
  private synchronized void goOn() {
    if (waiting.isEmpty() || !begin()) {
      running = false;
    }
  }

  private @Nullable QueuedCheck next() {
    takeAll(HashQueue::isGone).forEach(it -> answer(it, VerifyResult.NONE));
    return first();
  }

  private static boolean isGone(QueuedCheck check) {
    try {
      return !check.asker.isThere().getAsBoolean();
    } catch (RuntimeException | Error e) {
      return true;
    }
  }

  private synchronized @Nullable QueuedCheck first() {
    boolean isOldests = turns % OLDEST_EVERY == 0;
    QueuedCheck first = waiting.stream().min(isOldests ? BY_AGE : byAddress()).orElse(null);
    running = first != null;
    turns = running ? turns + 1 : 0;
    return first == null ? null : taken(first);
  }

  private Comparator<QueuedCheck> byAddress() {
    return comparing((QueuedCheck it) -> servedAt.getOrDefault(it.asker.address(), 0L))
        .thenComparing(QueuedCheck::firstSeen, reverseOrder());
  }

  private static VerifyResult found(QueuedCheck check) {
    try {
      return check.work.get();
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("err", e.getClass().getName()).log("password check failed");
      return VerifyResult.NONE;
    }
  }

  /** All attempts that the finding answers. */
  private synchronized List<QueuedCheck> finish(QueuedCheck check, VerifyResult finding) {
    servedAt.put(check.asker.address(), ++events);
    if (finding.verdict() != Verdict.UNCHECKED) {
      firstSeen.remove(check.name);
    }
    List<QueuedCheck> equal = takeAll(it -> it.name.equals(check.name));
    equal.add(check);
    return equal;
  }

  private static void answer(QueuedCheck check, VerifyResult finding) {
    try {
      check.asker.then().accept(finding);
    } catch (RuntimeException | Error e) {
      // The client cannot be answered; the others must not wait for ever.
    }
  }

  private QueuedCheck taken(QueuedCheck check) {
    waiting.remove(check);
    return check;
  }

  private synchronized List<QueuedCheck> takeAll(Predicate<QueuedCheck> which) {
    List<QueuedCheck> all = new ArrayList<>();
    waiting.removeIf(it -> which.test(it) && all.add(it));
    return all;
  }

  synchronized int waiting() {
    return waiting.size();
  }
}
