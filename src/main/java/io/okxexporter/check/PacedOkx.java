package io.okxexporter.check;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Clock;
import io.okxexporter.model.ConnectResult;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.OkxApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.ProbeResult;
import io.okxexporter.model.Timer;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.poll.PacedQueue;
import io.okxexporter.poll.RequestLimiter;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks within every limit, each host about itself once, and answers on the thread of {@link Timer}.
 */
final class PacedOkx {
  private final OkxApi okx;
  private final Clock clock;
  private final Timer timer;
  private final RequestLimiter limiter;
  private final SingleFlight<HostRoute, TimedProbe> probes = new SingleFlight<>();
  private final SingleFlight<HostRoute, TimedOutcome<List<Maintenance>>> maintenances =
      new SingleFlight<>();

  /** Which keys are of one User ID is not known before they are asked about, so by host. */
  private final Map<URI, PacedQueue> keys = new HashMap<>();

  private final Map<String, PacedQueue> uids = new HashMap<>();

  /** A host, and how to get there. */
  private record HostRoute(URI host, @Nullable URI proxyUrl) {
    static HostRoute of(User user) {
      return new HostRoute(user.baseUrl(), user.proxyUrl());
    }
  }

  /**
   * What came of a question.
   *
   * @param took from sending to the answer
   */
  record TimedOutcome<T>(Outcome<T> outcome, Duration took) {}

  /**
   * What came of the first request to a host.
   *
   * @param skew how far our clock is ahead of its own
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

  /** How far one gets by the user's way to its host, and how far our clock is ahead of its own. */
  void probe(User user, Consumer<TimedProbe> done) {
    HostRoute way = HostRoute.of(user);
    probes.get(
        way,
        found ->
            this.<ProbeResult>send(
                answer -> okx.probe(way.host(), way.proxyUrl(), answer),
                (probe, took) ->
                    found.accept(
                        new TimedProbe(probe.connect(), new TimedOutcome<>(probe.skew(), took)))),
        done);
  }

  /** Which maintenance the user's host announces. */
  void maintenance(User user, Consumer<TimedOutcome<List<Maintenance>>> done) {
    HostRoute way = HostRoute.of(user);
    maintenances.get(
        way,
        found ->
            ask(List.of(), answer -> okx.maintenance(way.host(), way.proxyUrl(), answer), found),
        done);
  }

  /** What the user's key is and may do. */
  void apiKeyInfo(User user, Consumer<TimedOutcome<ApiKeyInfo>> done) {
    PacedQueue ofHost =
        keys.computeIfAbsent(
            user.baseUrl(),
            host -> PacedQueue.alone(Endpoint.ACCOUNT_CONFIG.gap(), timer, clock::nanoTime));
    ask(List.of(ofHost), answer -> okx.apiKeyInfo(user, answer), done);
  }

  /**
   * What the user is worth.
   *
   * @param lane whose budget it costs; and that of the User ID, which lanes may share
   */
  void valuation(User user, UserQueue lane, String ccy, Consumer<TimedOutcome<Valuation>> done) {
    String uid = lane.uid();
    List<PacedQueue> queues =
        uid == null ? List.of(lane.requests()) : List.of(lane.requests(), of(uid, user));
    ask(queues, answer -> okx.valuation(user, ccy, answer), done);
  }

  private PacedQueue of(String uid, User user) {
    PacedQueue queue =
        uids.computeIfAbsent(uid, any -> PacedQueue.alone(user.gap(), timer, clock::nanoTime));
    queue.widen(user.gap());
    return queue;
  }

  /** Waits in every queue in turn, always in the same order, which rules out a deadlock. */
  private <T> void ask(
      List<PacedQueue> queues,
      Consumer<Consumer<Outcome<T>>> question,
      Consumer<TimedOutcome<T>> done) {
    if (queues.isEmpty()) {
      send(question, (outcome, took) -> done.accept(new TimedOutcome<>(outcome, took)));
      return;
    }
    queues
        .get(0)
        .enter(
            ended ->
                this.<T>ask(
                    queues.subList(1, queues.size()),
                    question,
                    answer -> {
                      ended.accept(answer.outcome());
                      done.accept(answer);
                    }));
  }

  private <A> void send(Consumer<Consumer<A>> question, BiConsumer<A, Duration> answered) {
    limiter.enter(
        () -> {
          long started = clock.nanoTime();
          question.accept(
              answer -> {
                Duration took = Duration.ofNanos(clock.nanoTime() - started);
                timer.run(
                    () -> {
                      limiter.left();
                      answered.accept(answer, took);
                    });
              });
          return true;
        });
  }
}
