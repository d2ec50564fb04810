package io.okxexporter.okx;

import io.okxexporter.model.Clock;
import io.okxexporter.model.ConnectFault;
import io.okxexporter.model.ConnectResult;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the connection for one request gets, and how long each part of the way takes. Written by
 * the transport from any thread, and read also where the transport never came back.
 */
public final class ConnectTrace {
  private static final String FIRST = "DNS";

  private final Clock clock;
  private final Map<String, Duration> took = new LinkedHashMap<>();
  private String part = FIRST;
  private long began;
  private boolean connected;
  private @Nullable IOException failure;

  ConnectTrace(Clock clock) {
    this.clock = clock;
    began = clock.nanoTime();
  }

  /** The way begins, once everything that the first request of a process has to load is there. */
  synchronized void start() {
    began = clock.nanoTime();
  }

  /**
   * A part of the way begins, as named in {@link ConnectResult.Reached}; the one before it is done.
   */
  public synchronized void begin(String next) {
    if (!next.equals(part)) {
      end();
      part = next;
    }
  }

  /** The connection stands; where no part began, it did before. */
  public synchronized void connected() {
    if (!connected) {
      if (!part.equals(FIRST)) {
        end();
      }
      began = clock.nanoTime();
      connected = true;
    }
  }

  /** Since when the connection stands, or else where it began, in monotonic nanoseconds. */
  synchronized long since() {
    return began;
  }

  /** There will be no connection. */
  public synchronized void failed(IOException e) {
    failure = e;
  }

  private void end() {
    long now = clock.nanoTime();
    took.put(part, Duration.ofNanos(now - began));
    began = now;
  }

  /**
   * @param outcome of the request: the transport may not even have tried to connect
   */
  synchronized ConnectResult connect(Outcome<?> outcome) {
    if (connected) {
      return new ConnectResult.Reached(took);
    }
    if (failure != null) {
      return new ConnectResult.Unreached(
          part, ConnectFaults.of(failure), ConnectFaults.describe(failure));
    }
    return outcome instanceof Failure<?> it && it.reason() != Reason.TIMEOUT
        ? new ConnectResult.Unreached(part, ConnectFault.OTHER, it.detail())
        : new ConnectResult.Unreached(part, ConnectFault.TIMEOUT, "gave up");
  }
}
