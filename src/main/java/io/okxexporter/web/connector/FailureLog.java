package io.okxexporter.web.connector;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that something of ours fails and that it works again. Both are said at most once in a while,
 * and otherwise at debug: a client may be what sets it off.
 */
public final class FailureLog {
  static final Duration WHILE = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
  private static final int FRAMES = 8;

  private final String what;
  private final LongSupplier nanoTime;
  private boolean ringing;
  private @Nullable Long rangAt;

  /**
   * @param what fails, as the beginning of a sentence
   * @param nanoTime monotonic time in nanoseconds
   */
  public FailureLog(String what, LongSupplier nanoTime) {
    this.what = what;
    this.nanoTime = nanoTime;
  }

  /** Logs class and place but not the message, which may hold a balance. */
  public void failed(Throwable failure) {
    failed(
        Arrays.stream(failure.getStackTrace())
            .limit(FRAMES)
            .map(StackTraceElement::toString)
            .collect(Collectors.joining(", ", failure.getClass().getName() + " at ", "")));
  }

  public void failed(String why) {
    if (rings()) {
      LOG.atError()
          .addKeyValue("part", what)
          .addKeyValue("err", why)
          .log("web server failure; repeats are logged at debug");
    } else {
      LOG.atDebug()
          .addKeyValue("part", what)
          .addKeyValue("err", why)
          .log("web server failure again");
    }
  }

  private synchronized boolean rings() {
    long now = nanoTime.getAsLong();
    boolean isQuiet = ringing || (rangAt != null && now - rangAt < WHILE.toNanos());
    if (!isQuiet) {
      ringing = true;
      rangAt = now;
    }
    return !isQuiet;
  }

  /** Says so if the failure was said. */
  public void recovered() {
    if (stops()) {
      LOG.atInfo().addKeyValue("part", what).log("web server recovered");
    }
  }

  private synchronized boolean stops() {
    boolean rang = ringing;
    ringing = false;
    return rang;
  }
}
