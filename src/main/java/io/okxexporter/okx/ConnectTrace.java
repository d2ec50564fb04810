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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records how far the connection for one request gets and how long each phase takes. Thread-safe:
 * the transport writes from any thread, and it is read even if the transport never returns.
 */
public final class ConnectTrace {
  private static final String FIRST = "DNS";

  private final Clock clock;
  private final Map<String, Duration> took = new LinkedHashMap<>();
  private String phase = FIRST;
  private long began;
  private boolean connected;
  private @Nullable Long responded;
  private @Nullable IOException failure;

  ConnectTrace(Clock clock) {
    this.clock = clock;
    began = clock.nanoTime();
  }

  /** Starts timing, after the process's first request has loaded what it needs. */
  synchronized void start() {
    began = clock.nanoTime();
  }

  /** Begins a phase, named as in {@link ConnectResult.Reached}, and ends the previous one. */
  public synchronized void begin(String next) {
    if (!next.equals(phase)) {
      end();
      phase = next;
    }
  }

  /** The connection is established; if no phase began, it was so before. */
  public synchronized void connected() {
    if (!connected) {
      if (!phase.equals(FIRST)) {
        end();
      }
      began = clock.nanoTime();
      connected = true;
    }
  }

  /**
   * When the connection was established, or if it is not, when the current phase began, in
   * monotonic nanoseconds.
   */
  synchronized long since() {
    return began;
  }

  /** The head of the response arrived. */
  public synchronized void responded() {
    responded = clock.nanoTime();
  }

  /** How long the request and its response were under way, without the time to read the body. */
  synchronized long underWay() {
    return Objects.requireNonNullElseGet(responded, clock::nanoTime) - began;
  }

  /** The connection failed. */
  public synchronized void failed(IOException e) {
    failure = e;
  }

  private void end() {
    long now = clock.nanoTime();
    took.put(phase, Duration.ofNanos(now - began));
    began = now;
  }

  /**
   * @param outcome of the request, in case the transport did not try to connect
   */
  synchronized ConnectResult result(Outcome<?> outcome) {
    if (connected) {
      return new ConnectResult.Reached(took);
    }
    if (failure != null) {
      return new ConnectResult.Unreached(
          phase, ConnectFaultClassifier.of(failure), ConnectFaultClassifier.describe(failure));
    }
    return outcome instanceof Failure<?> it && it.reason() != Reason.TIMEOUT
        ? new ConnectResult.Unreached(
            phase, Objects.requireNonNullElse(it.connect(), ConnectFault.OTHER), it.detail())
        : new ConnectResult.Unreached(phase, ConnectFault.TIMEOUT, "gave up");
  }
}
