package io.okxexporter.poll;

import io.okxexporter.model.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Admits the requests of the whole process, first come first served, as its bounds allow. Used on
 * the timer's thread.
 */
public final class RequestLimiter {
  private static final int MAX_PATIENT_IN_FLIGHT = 64;
  private static final int PATIENT_EVERY = 10;

  private SlidingWindow totalRate;
  private double perSecond;
  private final int maxInFlight;
  private final Timer timer;
  private final LongSupplier now;

  /** Those who wait; each starts its request, or says that there is none any more. */
  private final Queue<BooleanSupplier> waiting = new ArrayDeque<>();

  /** Those who wait for a quiet moment: what explains must not slow down what it explains. */
  private final Queue<BooleanSupplier> patient = new ArrayDeque<>();

  private int inFlight;
  private int patientInFlight;
  private int sinceLastPatient;
  private boolean scheduled;

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

  /** From now on no more than this. */
  public void bound(double newPerSecond) {
    if (newPerSecond != perSecond) {
      perSecond = newPerSecond;
      totalRate = new SlidingWindow(newPerSecond, totalRate.free());
    }
  }

  /**
   * Waits for a place, at once if there is one.
   *
   * @param start sends the request; false if there is nothing to send any more
   */
  public void enter(BooleanSupplier start) {
    waiting.add(start);
    admit();
  }

  /** Waits for a place that nobody else wants, or for every tenth place. */
  public void enterPatiently(BooleanSupplier start) {
    patient.add(start);
    admit();
  }

  /** A request that had entered patiently came to its end. */
  public void leftPatiently() {
    patientInFlight--;
    left();
  }

  /** A request came to its end. */
  public void left() {
    inFlight--;
    admit();
  }

  private void admit() {
    for (Queue<BooleanSupplier> next = next(); next != null; next = next()) {
      long wait = totalRate.earliest() - now.getAsLong();
      if (wait > 0) {
        admitIn(wait);
        return;
      }
      long started = now.getAsLong();
      if (next.remove().getAsBoolean()) {
        inFlight++;
        totalRate.started(started);
        patientInFlight += next == patient ? 1 : 0;
        sinceLastPatient = next == patient ? 0 : sinceLastPatient + 1;
      }
    }
  }

  /** From which queue the next request comes; null if there is none, or no place. */
  private @Nullable Queue<BooleanSupplier> next() {
    if (inFlight >= maxInFlight) {
      return null;
    }
    boolean patientMay = !patient.isEmpty() && patientInFlight < MAX_PATIENT_IN_FLIGHT;
    if (patientMay && (waiting.isEmpty() || sinceLastPatient >= PATIENT_EVERY)) {
      return patient;
    }
    return waiting.isEmpty() ? null : waiting;
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
