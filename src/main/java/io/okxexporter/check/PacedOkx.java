package io.okxexporter.check;

import io.okxexporter.model.Clock;
import io.okxexporter.model.KeyFacts;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reach;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks within every limit, each host about itself once, and answers on the thread of {@link Later}.
 */
final class PacedOkx {
  /** 5 per 2 s and User ID; which keys are of one is not known before, so per host. */
  private static final int KEYS_AT_ONCE = 5;

  private static final Duration KEY_WINDOW = Duration.ofMillis(2_020);

  private final Okx okx;
  private final Clock clock;
  private final Later later;
  private final Slots total;
  private final Once<Way, Reach> reaches = new Once<>();
  private final Once<Way, Answer<Duration>> skews = new Once<>();
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
   * @param maxRequestsPerSecond of all users together
   */
  PacedOkx(Okx okx, Clock clock, Later later, double maxRequestsPerSecond) {
    this.okx = okx;
    this.clock = clock;
    this.later = later;
    this.total = new Slots(1, Duration.ofNanos((long) (1e9 / maxRequestsPerSecond)), later);
  }

  /** Connects to the user's host, by the user's way. */
  void reach(User user, Consumer<Reach> done) {
    Way way = Way.of(user);
    reaches.get(
        way,
        found -> okx.reach(way.host(), way.proxyUrl(), reach -> soon(() -> found.accept(reach))),
        done);
  }

  /** How far our clock is ahead of the user's host's. */
  void clockSkew(User user, Consumer<Answer<Duration>> done) {
    Way way = Way.of(user);
    skews.get(
        way,
        found -> ask(List.of(), answer -> okx.clockSkew(way.host(), way.proxyUrl(), answer), found),
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
            user.baseUrl(), host -> new Slots(KEYS_AT_ONCE, KEY_WINDOW, later));
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
    Slots slots = uidSlots.computeIfAbsent(uid, any -> new Slots(1, user.gap(), later));
    slots.widen(user.gap());
    return slots;
  }

  /** Takes every slot in turn, always in the same order, so that nobody deadlocks. */
  private <T> void ask(
      List<Slots> slots, Consumer<Consumer<Outcome<T>>> question, Consumer<Answer<T>> done) {
    Runnable task = () -> send(slots, question, done);
    for (int i = slots.size() - 1; i >= 0; i--) {
      Slots outer = slots.get(i);
      Runnable inner = task;
      task = () -> outer.enter(inner);
    }
    task.run();
  }

  private <T> void send(
      List<Slots> slots, Consumer<Consumer<Outcome<T>>> question, Consumer<Answer<T>> done) {
    total.enter(
        () -> {
          total.leave(false, Duration.ZERO);
          long started = clock.nanoTime();
          question.accept(
              outcome -> {
                Duration took = Duration.ofNanos(clock.nanoTime() - started);
                soon(() -> answered(slots, new Answer<>(outcome, took), done));
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

  private void soon(Runnable task) {
    later.run(task, Duration.ZERO);
  }
}
