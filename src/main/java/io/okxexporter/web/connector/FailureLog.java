package io.okxexporter.web.connector;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the failure and recovery of one part of the program. A failure is logged once until recovery
 * and at most every 10 minutes, otherwise at debug: clients may cause it. A recovery is logged only
 * after a logged failure.
 */
public final class FailureLog {
  static final Duration MIN_INTERVAL = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
  private static final int FRAMES = 8;

  private final String part;
  private final LongSupplier nanoTime;
  private boolean failureLogged;
  private @Nullable Long failureLoggedAt;

  /**
   * @param part value of the field {@code part}
   * @param nanoTime monotonic time in nanoseconds
   */
  public FailureLog(String part, LongSupplier nanoTime) {
    this.part = part;
    this.nanoTime = nanoTime;
  }

  /** Logs the class and top frames of a failure but not its message, which may hold a balance. */
  public void failed(Throwable failure) {
    failed(
        Arrays.stream(failure.getStackTrace())
            .limit(FRAMES)
            .map(StackTraceElement::toString)
            .collect(Collectors.joining(", ", failure.getClass().getName() + " at ", "")));
  }

  /** Logs the cause, which must not contain a balance. */
  public void failed(String cause) {
    if (shouldLogFailure()) {
      LOG.atError()
          .addKeyValue("part", part)
          .addKeyValue("err", cause)
          .log("web server failure; repeats are logged at debug");
    } else {
      LOG.atDebug()
          .addKeyValue("part", part)
          .addKeyValue("err", cause)
          .log("web server failure again");
    }
  }

  private synchronized boolean shouldLogFailure() {
    long now = nanoTime.getAsLong();
    boolean isQuiet =
        failureLogged
            || (failureLoggedAt != null && now - failureLoggedAt < MIN_INTERVAL.toNanos());
    if (!isQuiet) {
      failureLogged = true;
      failureLoggedAt = now;
    }
    return !isQuiet;
  }

  /** Logs the recovery if the failure was logged. */
  public void recovered() {
    if (shouldLogRecovery()) {
      LOG.atInfo().addKeyValue("part", part).log("web server recovered");
    }
  }

  private synchronized boolean shouldLogRecovery() {
    boolean wasLogged = failureLogged;
    failureLogged = false;
    return wasLogged;
  }
}
