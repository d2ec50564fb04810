package io.okxexporter.poll;

import io.okxexporter.model.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Admits the requests of the whole process, each purpose first come first served, within its rate
 * and concurrency limits. Used on the timer's thread.
 */
public final class RequestLimiter {
  /** What a request is for, which decides its share while the rate is short. */
  public enum Purpose {
    /** What users are worth: what the others leave. */
    VALUATION,
    /** Withdrawals that may still be cancelled: before other ledgers, within their share. */
    WITHDRAWALS,
    /** What came and left: a third, with withdrawals. */
    LEDGER,
    /** What explains failures: one in eleven. */
    DIAGNOSIS
  }

  private SlidingWindow totalRate;
  private double perSecond;
  private final int maxInFlight;
  private final Timer timer;
  private final LongSupplier now;

  private final Lane valuations = new Lane(Integer.MAX_VALUE, 0);
  private final Lane ledgers = new Lane(128, 2);
  private final Lane diagnosis = new Lane(64, 10);

  private int inFlight;
  private boolean scheduled;

  /**
   * Requests that share a limit. Each starts its request, or returns false if there is nothing left
   * to send.
   */
  private static final class Lane {
    private final int maxInFlight;
    private final int every;
    private final Queue<BooleanSupplier> first = new ArrayDeque<>();
    private final Queue<BooleanSupplier> second = new ArrayDeque<>();
    private int inFlight;
    private int othersSince;

    /**
     * @param every after how many other requests one of these is guaranteed
     */
    Lane(int maxInFlight, int every) {
      this.maxInFlight = maxInFlight;
      this.every = every;
    }

    boolean isReady() {
      return inFlight < maxInFlight && !(first.isEmpty() && second.isEmpty());
    }

    boolean isGuaranteed() {
      return isReady() && othersSince >= every;
    }

    boolean startNext() {
      return (first.isEmpty() ? second : first).remove().getAsBoolean();
    }
  }

  /**
   * @param now monotonic nanoseconds since the start
   */
  public RequestLimiter(double perSecond, int maxInFlight, Timer timer, LongSupplier now) {
    this.perSecond = perSecond;
    totalRate = new SlidingWindow(perSecond, 0);
    this.maxInFlight = maxInFlight;
    this.timer = timer;
    this.now = now;
  }

  /** Sets the maximum rate from now on. */
  public void setRate(double newPerSecond) {
    if (newPerSecond != perSecond) {
      perSecond = newPerSecond;
      totalRate = new SlidingWindow(newPerSecond, totalRate.free());
    }
  }

  /**
   * Starts the request as soon as the limits allow.
   *
   * @param start sends the request; returns false if there is nothing left to send
   */
  public void acquire(Purpose purpose, BooleanSupplier start) {
    switch (purpose) {
      case VALUATION -> valuations.first.add(start);
      case WITHDRAWALS -> ledgers.first.add(start);
      case LEDGER -> ledgers.second.add(start);
      case DIAGNOSIS -> diagnosis.first.add(start);
    }
    admit();
  }

  /** A request has completed. */
  public void release(Purpose purpose) {
    lane(purpose).inFlight--;
    inFlight--;
    admit();
  }

  private Lane lane(Purpose purpose) {
    return switch (purpose) {
      case VALUATION -> valuations;
      case WITHDRAWALS, LEDGER -> ledgers;
      case DIAGNOSIS -> diagnosis;
    };
  }

  private void admit() {
    for (Lane next = next(); next != null; next = next()) {
      long wait = totalRate.earliest() - now.getAsLong();
      if (wait > 0) {
        admitIn(wait);
        return;
      }
      long started = now.getAsLong();
      if (next.startNext()) {
        started(next, started);
      }
    }
  }

  private void started(Lane lane, long at) {
    inFlight++;
    lane.inFlight++;
    totalRate.started(at);
    for (Lane each : List.of(ledgers, diagnosis)) {
      each.othersSince = each == lane ? 0 : each.othersSince + 1;
    }
  }

  /** The lane of the next request; null if none waits or too many are in flight. */
  private @Nullable Lane next() {
    if (inFlight >= maxInFlight) {
      return null;
    }
    if (diagnosis.isGuaranteed()) {
      return diagnosis;
    }
    if (ledgers.isGuaranteed()) {
      return ledgers;
    }
    return List.of(valuations, ledgers, diagnosis).stream()
        .filter(Lane::isReady)
        .findFirst()
        .orElse(null);
  }

  private void admitIn(long nanos) {
    if (!scheduled) {
      scheduled = true;
      timer.schedule(
          () -> {
            scheduled = false;
            admit();
          },
          Duration.ofNanos(nanos));
    }
  }
}
