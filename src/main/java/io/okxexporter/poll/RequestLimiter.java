package io.okxexporter.poll;

import io.okxexporter.model.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
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
    /** Withdrawals that may still be cancelled: three of four requests of the ledgers' share. */
    WITHDRAWALS,
    /** What came and left: a third, with withdrawals. */
    LEDGER,
    /**
     * What explains failures and says whose ledgers to read: one in eleven, and before ledgers of
     * what is left.
     */
    DIAGNOSIS
  }

  /** After so many other requests, one for ledgers is guaranteed, and one for the diagnosis. */
  private static final int LEDGERS_EVERY = 2;

  private static final int DIAGNOSIS_EVERY = 10;

  private SlidingWindow totalRate;
  private double perSecond;
  private final int maxInFlight;
  private final Timer timer;
  private final LongSupplier now;

  private final Lane valuations = new Lane(Integer.MAX_VALUE);
  private final Lane withdrawals = new Lane(64);
  private final Lane ledgers = new Lane(64);
  private final Lane diagnosis = new Lane(64);

  private int inFlight;
  private int sinceLedgers;
  private int sinceDiagnosis;
  private int withdrawalsInARow;
  private boolean scheduled;

  /**
   * The requests of one purpose. Each starts its request, or returns false if there is nothing left
   * to send.
   */
  private static final class Lane {
    private final int maxInFlight;
    private final Queue<BooleanSupplier> waiting = new ArrayDeque<>();
    private int inFlight;

    Lane(int maxInFlight) {
      this.maxInFlight = maxInFlight;
    }

    boolean isReady() {
      return inFlight < maxInFlight && !waiting.isEmpty();
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
    lane(purpose).waiting.add(start);
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
      case WITHDRAWALS -> withdrawals;
      case LEDGER -> ledgers;
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
      if (next.waiting.remove().getAsBoolean()) {
        started(next, started);
      }
    }
  }

  private void started(Lane lane, long at) {
    inFlight++;
    lane.inFlight++;
    totalRate.started(at);
    boolean forLedgers = lane == withdrawals || lane == ledgers;
    sinceLedgers = forLedgers ? 0 : sinceLedgers + 1;
    sinceDiagnosis = lane == diagnosis ? 0 : sinceDiagnosis + 1;
    if (forLedgers) {
      withdrawalsInARow = lane == withdrawals ? withdrawalsInARow + 1 : 0;
    }
  }

  /** The lane of the next request; null if none waits or too many are in flight. */
  private @Nullable Lane next() {
    if (inFlight >= maxInFlight) {
      return null;
    }
    if (diagnosis.isReady() && sinceDiagnosis >= DIAGNOSIS_EVERY) {
      return diagnosis;
    }
    Lane ledger =
        withdrawals.isReady() && (withdrawalsInARow < 3 || !ledgers.isReady())
            ? withdrawals
            : ledgers;
    if (ledger.isReady() && sinceLedgers >= LEDGERS_EVERY) {
      return ledger;
    }
    return Stream.of(valuations, diagnosis, ledger).filter(Lane::isReady).findFirst().orElse(null);
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
