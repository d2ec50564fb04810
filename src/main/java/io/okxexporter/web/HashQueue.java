package io.okxexporter.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks of passwords, one at a time, in an order that guessing cannot spoil: the address that was
 * served longest ago comes first, and of its checks the newest, so that somebody new does not stand
 * behind all the guesses there are.
 */
final class HashQueue {
  static final int MOST_WAITING = 256;
  private static final int MOST_ADDRESSES = 1024;
  private static final Logger LOG = LoggerFactory.getLogger(HashQueue.class);

  private final Executor worker;
  private final List<Check> waiting = new ArrayList<>();
  private final Map<String, Long> servedAt = new Served();
  private long events;
  private boolean running;

  /**
   * @param address whose turn it takes
   * @param arrival number of its arrival
   * @param run the work
   * @param dropped called instead when too many wait, or when the work fails or cannot begin
   */
  private record Check(String address, long arrival, Runnable run, Runnable dropped) {}

  /** Who was served last, as far as it is remembered: the longest ago is forgotten first. */
  private static final class Served extends LinkedHashMap<String, Long> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > MOST_ADDRESSES;
    }
  }

  /**
   * @param worker runs one task at a time
   */
  HashQueue(Executor worker) {
    this.worker = worker;
  }

  /** Waits its turn without holding a thread; runs one of the two, never both. */
  void submit(String address, Runnable run, Runnable dropped) {
    Check tooMany = add(address, run, dropped);
    if (tooMany != null) {
      tooMany.dropped.run();
    }
  }

  private synchronized @Nullable Check add(String address, Runnable run, Runnable dropped) {
    Check check = new Check(address, ++events, run, dropped);
    waiting.add(check);
    if (!running && !begin()) {
      waiting.remove(check);
      return check;
    }
    return waiting.size() > MOST_WAITING ? take(waiting.stream().max(order())) : null;
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
    for (Check check = next(); check != null; check = next()) {
      try {
        check.run.run();
      } catch (RuntimeException | Error e) {
        drop(check, e);
      }
    }
  }

  private static void drop(Check check, Throwable failure) {
    try {
      LOG.error("checking a password failed: {}", failure.getClass().getName());
      check.dropped.run();
    } catch (RuntimeException | Error e) {
      // There is nobody left to tell, and the others are not to wait for ever.
    }
  }

  private synchronized @Nullable Check next() {
    Check next = take(waiting.stream().min(order()));
    running = next != null;
    if (next != null) {
      servedAt.remove(next.address);
      servedAt.put(next.address, ++events);
    }
    return next;
  }

  private @Nullable Check take(Optional<Check> check) {
    check.ifPresent(waiting::remove);
    return check.orElse(null);
  }

  private Comparator<Check> order() {
    return Comparator.comparingLong((Check it) -> servedAt.getOrDefault(it.address, 0L))
        .thenComparing(Check::arrival, Comparator.reverseOrder());
  }

  /** How many wait. */
  synchronized int waiting() {
    return waiting.size();
  }
}
