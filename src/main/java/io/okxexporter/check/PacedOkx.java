package io.okxexporter.check;

import io.okxexporter.model.Clock;
import io.okxexporter.model.KeyFacts;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.OkxApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Probe;
import io.okxexporter.model.Reach;
import io.okxexporter.model.Timer;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
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
  /** 5 per 2 s and User ID; which keys are of one is not known before, so per host. */
  private static final int KEYS_AT_ONCE = 5;

  private static final Duration KEY_WINDOW = Duration.ofMillis(2_020);

  private final OkxApi okx;
  private final Clock clock;
  private final Timer timer;
  private final Slots total;
  private final Once<Way, FirstAnswer> probes = new Once<>();
  private final Once<Way, Answer<List<Maintenance>>> maintenances = new Once<>();
  private final Map<URI, Slots> keySlots = new HashMap<>();
  private final Map<String, Slots> uidSlots = new HashMap<>();

  /** A host, and how to get there. */
  private record Way(URI host, @Nullable URI proxyUrl) {
    static Way of(User user) {
      return new Way(user.baseUrl(), user.proxyUrl());
    }
  }

  /**
   * What came of a question.
   *
   * @param took from sending to the answer
   */
  record Answer<T>(Outcome<T> outcome, Duration took) {}

  /**
   * What came of the first request to a host.
   *
   * @param skew how far our clock is ahead of its own
   */
  record FirstAnswer(Reach reach, Answer<Duration> skew) {}

  /**
   * @param maxRequestsPerSecond of all users together
   */
  PacedOkx(OkxApi okx, Clock clock, Timer timer, double maxRequestsPerSecond) {
    this.okx = okx;
    this.clock = clock;
    this.timer = timer;
    this.total = new Slots(1, Duration.ofNanos((long) (1e9 / maxRequestsPerSecond)), timer);
  }

  /** How far one gets by the user's way to its host, and how far our clock is ahead of its own. */
  void probe(User user, Consumer<FirstAnswer> done) {
    Way way = Way.of(user);
    probes.get(
        way,
        found ->
            this.<Probe>send(
                answer -> okx.probe(way.host(), way.proxyUrl(), answer),
                (probe, took) ->
                    found.accept(new FirstAnswer(probe.reach(), new Answer<>(probe.skew(), took)))),
        done);
  }

  /** Which maintenance the user's host announces. */
  void maintenance(User user, Consumer<Answer<List<Maintenance>>> done) {
    Way way = Way.of(user);
    maintenances.get(
        way,
        found ->
            ask(List.of(), answer -> okx.maintenance(way.host(), way.proxyUrl(), answer), found),
        done);
  }

  /** What the user's key is and may do. */
  void keyFacts(User user, Consumer<Answer<KeyFacts>> done) {
    Slots slots =
        keySlots.computeIfAbsent(
            user.baseUrl(), host -> new Slots(KEYS_AT_ONCE, KEY_WINDOW, timer));
    ask(List.of(slots), answer -> okx.keyFacts(user, answer), done);
  }

  /**
   * What the user is worth.
   *
   * @param lane whose budget it costs; and that of the User ID, which lanes may share
   */
  void valuation(User user, Lane lane, String ccy, Consumer<Answer<Valuation>> done) {
    String uid = lane.uid();
    List<Slots> slots =
        uid == null ? List.of(lane.slots()) : List.of(lane.slots(), slotsOf(uid, user));
    ask(slots, answer -> okx.valuation(user, ccy, answer), done);
  }

  private Slots slotsOf(String uid, User user) {
    Slots slots = uidSlots.computeIfAbsent(uid, any -> new Slots(1, user.gap(), timer));
    slots.widen(user.gap());
    return slots;
  }

  /** Takes every slot in turn, always in the same order, so that nobody deadlocks. */
  private <T> void ask(
      List<Slots> slots, Consumer<Consumer<Outcome<T>>> question, Consumer<Answer<T>> done) {
    Runnable task =
        () -> send(question, (outcome, took) -> answered(slots, new Answer<>(outcome, took), done));
    for (int i = slots.size() - 1; i >= 0; i--) {
      Slots outer = slots.get(i);
      Runnable inner = task;
      task = () -> outer.enter(inner);
    }
    task.run();
  }

  private <A> void send(Consumer<Consumer<A>> question, BiConsumer<A, Duration> answered) {
    total.enter(
        () -> {
          total.leave(false, Duration.ZERO);
          long started = clock.nanoTime();
          question.accept(
              answer -> {
                Duration took = Duration.ofNanos(clock.nanoTime() - started);
                timer.run(() -> answered.accept(answer, took));
              });
        });
  }

  private static <T> void answered(List<Slots> slots, Answer<T> answer, Consumer<Answer<T>> done) {
    if (answer.outcome() instanceof Failure<T> failure) {
      slots.forEach(it -> it.leave(failure.lost(), failure.retryAfter()));
    } else {
      slots.forEach(it -> it.leave(false, Duration.ZERO));
    }
    done.accept(answer);
  }
}
