package io.okxexporter.check;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Clock;
import io.okxexporter.model.ConnectResult;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.OkxApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.ProbeResult;
import io.okxexporter.model.Timer;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.poll.PacedQueue;
import io.okxexporter.poll.RequestLimiter;
import io.okxexporter.poll.RequestLimiter.Purpose;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to OKX within every limit, and those about a host only once. Calls back on the
 * thread of {@link Timer}.
 */
final class PacedOkx {
  private final OkxApi okx;
  private final Clock clock;
  private final Timer timer;
  private final RequestLimiter limiter;
  private final SingleFlight<HostRoute, TimedProbe> probes = new SingleFlight<>();
  private final SingleFlight<HostRoute, TimedOutcome<List<Maintenance>>> maintenances =
      new SingleFlight<>();

  /** By host, as the User ID of a key is unknown until this request returns it. */
  private final Map<URI, PacedQueue> queuesByHost = new HashMap<>();

  private final Map<String, PacedQueue> queuesByUid = new HashMap<>();

  /** A host, and the proxy on the way to it. */
  private record HostRoute(URI host, @Nullable HttpProxy proxy) {
    static HostRoute of(User user) {
      return new HostRoute(user.baseUrl(), user.proxy());
    }
  }

  /**
   * The outcome of a request.
   *
   * @param took from sending to the response
   */
  record TimedOutcome<T>(Outcome<T> outcome, Duration took) {}

  /**
   * The outcome of the first request to a host.
   *
   * @param skew how far the local clock is ahead of the host's
   */
  record TimedProbe(ConnectResult connect, TimedOutcome<Duration> skew) {}

  /**
   * @param maxRequestsPerSecond of all users together
   */
  PacedOkx(OkxApi okx, Clock clock, Timer timer, double maxRequestsPerSecond, int maxInFlight) {
    this.okx = okx;
    this.clock = clock;
    this.timer = timer;
    long origin = clock.nanoTime();
    limiter =
        new RequestLimiter(
            maxRequestsPerSecond, maxInFlight, timer, () -> clock.nanoTime() - origin);
  }

  /**
   * Connects to the user's host by the user's route, and measures how far the local clock is ahead.
   */
  void probe(User user, Consumer<TimedProbe> done) {
    HostRoute route = HostRoute.of(user);
    probes.get(
        route,
        found ->
            this.<ProbeResult>send(
                callback -> okx.probe(route.host(), route.proxy(), callback),
                (probe, took) ->
                    found.accept(
                        new TimedProbe(probe.connect(), new TimedOutcome<>(probe.skew(), took)))),
        done);
  }

  /** Requests the maintenance that the user's host announces. */
  void maintenance(User user, Consumer<TimedOutcome<List<Maintenance>>> done) {
    HostRoute route = HostRoute.of(user);
    maintenances.get(
        route,
        found ->
            enqueue(
                List.of(),
                callback -> okx.maintenance(route.host(), route.proxy(), callback),
                found),
        done);
  }

  /** Requests the account and the permissions of the user's key. */
  void apiKeyInfo(User user, Consumer<TimedOutcome<ApiKeyInfo>> done) {
    PacedQueue queueOfHost =
        queuesByHost.computeIfAbsent(
            user.baseUrl(),
            host ->
                PacedQueue.withoutPredecessor(
                    Endpoint.ACCOUNT_CONFIG.gap(), timer, clock::nanoTime));
    enqueue(List.of(queueOfHost), callback -> okx.apiKeyInfo(user, callback), done);
  }

  /**
   * Requests the valuation of the user.
   *
   * @param queue spends its budget, and that of the User ID, which queues may share
   */
  void valuation(User user, UserQueue queue, String ccy, Consumer<TimedOutcome<Valuation>> done) {
    String uid = queue.uid();
    List<PacedQueue> queues =
        uid == null ? List.of(queue.requests()) : List.of(queue.requests(), of(uid, user));
    enqueue(queues, callback -> okx.valuation(user, ccy, callback), done);
  }

  /** Sends a request that its endpoint's own limit leaves room for, as it is sent once per user. */
  <T> void unpaced(Consumer<Consumer<Outcome<T>>> request, Consumer<TimedOutcome<T>> done) {
    enqueue(List.of(), request, done);
  }

  private PacedQueue of(String uid, User user) {
    PacedQueue queue =
        queuesByUid.computeIfAbsent(
            uid, any -> PacedQueue.withoutPredecessor(user.gap(), timer, clock::nanoTime));
    queue.widen(user.gap());
    return queue;
  }

  /** Waits in every queue in turn, always in the same order, which prevents a deadlock. */
  private <T> void enqueue(
      List<PacedQueue> queues,
      Consumer<Consumer<Outcome<T>>> request,
      Consumer<TimedOutcome<T>> done) {
    if (queues.isEmpty()) {
      send(request, (outcome, took) -> done.accept(new TimedOutcome<>(outcome, took)));
      return;
    }
    queues
        .get(0)
        .enter(
            ended ->
                this.<T>enqueue(
                    queues.subList(1, queues.size()),
                    request,
                    response -> {
                      ended.accept(response.outcome());
                      done.accept(response);
                    }));
  }

  private <A> void send(Consumer<Consumer<A>> request, BiConsumer<A, Duration> done) {
    limiter.acquire(
        Purpose.VALUATION,
        () -> {
          long started = clock.nanoTime();
          request.accept(
              response -> {
                Duration took = Duration.ofNanos(clock.nanoTime() - started);
                timer.run(
                    () -> {
                      limiter.release(Purpose.VALUATION);
                      done.accept(response, took);
                    });
              });
          return true;
        });
  }
}
