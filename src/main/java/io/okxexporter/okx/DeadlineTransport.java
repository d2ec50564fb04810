package io.okxexporter.okx;

import io.okxexporter.model.Clock;
import io.okxexporter.model.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Completes every request within a deadline. A request that its transport does not complete by then
 * is cancelled and counts as a lost response; its later outcome is ignored. Otherwise a completion
 * that never comes would stop a user's polls for good.
 */
public final class DeadlineTransport implements Transport {
  /** A request is given up this long after its timeout, or up to a second later. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  private final Transport transport;
  private final Duration timeout;
  private final Clock clock;
  private final Timer timer;
  private final Set<InFlight> inFlight = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean checkPlanned = new AtomicBoolean();

  /**
   * @param timeout within which the transport completes a request that sets no other
   */
  public DeadlineTransport(Transport transport, Duration timeout, Clock clock, Timer timer) {
    this.transport = transport;
    this.timeout = timeout;
    this.clock = clock;
    this.timer = timer;
  }

  @Override
  public Cancellation send(Request request, Consumer<Reply> done) {
    Duration allowed = (request.timeout() == null ? timeout : request.timeout()).plus(MARGIN);
    InFlight sent = new InFlight(allowed, done);
    inFlight.add(sent);
    try {
      sent.cancellation = transport.send(request, sent::complete);
    } catch (Throwable e) {
      sent.complete(new Fault(false, true, "not sent: " + e.getClass().getName()));
    }
    planCheck();
    return sent::cancel;
  }

  private void planCheck() {
    if (!inFlight.isEmpty() && checkPlanned.compareAndSet(false, true)) {
      timer.schedule(this::check, CHECK_INTERVAL);
    }
  }

  private void check() {
    checkPlanned.set(false);
    long now = clock.nanoTime();
    inFlight.forEach(each -> each.endIfOverdue(now));
    planCheck();
  }

  private final class InFlight {
    private final Duration allowed;
    private final long deadline;
    private final AtomicReference<Consumer<Reply>> waiting;
    private volatile Cancellation cancellation = () -> {};

    InFlight(Duration allowed, Consumer<Reply> done) {
      this.allowed = allowed;
      deadline = clock.nanoTime() + allowed.toNanos();
      waiting = new AtomicReference<>(done);
    }

    /** Only the first completion counts. */
    void complete(Reply reply) {
      Consumer<Reply> done = waiting.getAndSet(null);
      if (done != null) {
        inFlight.remove(this);
        done.accept(reply);
      }
    }

    void cancel() {
      cancellation.cancel();
    }

    void endIfOverdue(long now) {
      if (now - deadline >= 0) {
        String closed = closeConnection();
        complete(
            new Fault(true, true, "not completed within " + allowed.toSeconds() + " s, " + closed));
      }
    }

    /** Called first, as a request that is given up must not arrive later. */
    private String closeConnection() {
      try {
        cancel();
        return "connection closed";
      } catch (Throwable e) {
        return "connection not closed: " + e.getClass().getName();
      }
    }
  }
}
