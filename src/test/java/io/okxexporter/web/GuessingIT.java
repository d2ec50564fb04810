package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.okxexporter.fixture.Awaiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Guesses passwords over HTTP long enough to measure the effect on other clients. */
class GuessingIT {
  private static final int GUESSERS = 50;
  private static final Duration GUESSING = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(100); // leaves CPU time to guessers
  private static final long BOUND_MILLIS = 1000;
  private static final int KNOWN_USERS = 10;

  /** The bound in hashes, which exceeds a second on a busy machine. */
  private static final int HASHES_IN_BOUND = 10;

  private final ExecutorService connecting = Executors.newFixedThreadPool(GUESSERS / 2);

  /** A way to send one guess. */
  private interface Guess {
    CompletableFuture<Integer> send(WebFixture web, String user, String password);
  }

  @AfterEach
  void stop() {
    connecting.shutdownNow();
  }

  /** All guesses come from the address of the known users, and half of them use a known name. */
  @Test
  void fifty_guessers_leave_scrapes_of_known_users_under_a_second() throws Exception {
    long bound = Math.max(BOUND_MILLIS, HASHES_IN_BOUND * hashMillis());
    try (WebFixture web = fixture(10)) {
      AtomicBoolean guessing = new AtomicBoolean(true);
      AtomicInteger answered = new AtomicInteger();
      for (int i = 0; i < GUESSERS; i++) {
        String user = i % 2 == 0 ? "user0" : "guesser" + i;
        // Half of them keep a connection, half open one for each guess.
        Guess guess = i < GUESSERS / 2 ? GuessingIT::request : this::connect;
        CompletableFuture<Void> unused = keepGuessing(web, user, guess, guessing, answered);
      }
      Awaiting.until(() -> answered.get() >= 5);
      List<Long> firstMillis = new ArrayList<>();
      List<Long> laterMillis = new ArrayList<>();
      long start = System.nanoTime();
      for (int user = 0; user < KNOWN_USERS; user++) {
        firstMillis.add(scrape(web, "user" + user));
        while (System.nanoTime() - start < (user + 1) * GUESSING.toNanos() / KNOWN_USERS) {
          laterMillis.add(scrape(web, "user" + user));
          Awaiting.passing(PAUSE);
        }
      }
      guessing.set(false);
      System.out.println("first scrapes among " + GUESSERS + " guessers, ms: " + firstMillis);
      assertThat(firstMillis).hasSize(KNOWN_USERS).allMatch(it -> it < bound);
      assertThat(laterMillis).hasSizeGreaterThan(KNOWN_USERS).allMatch(it -> it < bound);
      assertThat(answered.get()).isGreaterThan(KNOWN_USERS);
    }
  }

  @Test
  void ten_thousand_wrong_passwords_leave_memory_where_it_was() throws Exception {
    try (WebFixture web = fixture(4)) {
      guessWrong(web, 1_000);
      long before = usedBytes();
      guessWrong(web, 10_000);
      assertThat(usedBytes() - before).isLessThan(1 << 20);
      assertThat(scrape(web, "user0")).isLessThan(BOUND_MILLIS);
    }
  }

  private static void guessWrong(WebFixture web, int count) throws Exception {
    AtomicInteger left = new AtomicInteger(count);
    List<CompletableFuture<Void>> guessers = new ArrayList<>();
    for (int i = 0; i < GUESSERS; i++) {
      guessers.add(guessWrong(web, left));
    }
    CompletableFuture.allOf(guessers.toArray(CompletableFuture[]::new)).get();
  }

  private static CompletableFuture<Void> guessWrong(WebFixture web, AtomicInteger left) {
    int number = left.getAndDecrement();
    return number <= 0
        ? CompletableFuture.completedFuture(null)
        : request(web, "user0", number + " " + ThreadLocalRandom.current().nextLong())
            .thenCompose(
                status -> {
                  assertThat(status).isEqualTo(401);
                  return guessWrong(web, left);
                });
  }

  /** Returns the heap in use after garbage collection. */
  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /** Returns how long one hash takes on this machine now. */
  static long hashMillis() {
    int hashes = 5;
    long start = System.nanoTime();
    for (int i = 0; i < hashes; i++) {
      assertThat(BCrypt.withDefaults().hashToString(10, "right".toCharArray())).isNotEmpty();
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / hashes;
  }

  private static WebFixture fixture(int cost) throws IOException {
    return new WebFixture(MutableSettings.users(KNOWN_USERS, cost).liveProtection());
  }

  private static CompletableFuture<Void> keepGuessing(
      WebFixture web, String user, Guess guess, AtomicBoolean guessing, AtomicInteger answered) {
    String password = Long.toString(ThreadLocalRandom.current().nextLong());
    return guess
        .send(web, user, password)
        .thenCompose(
            status -> {
              assertThat(status).isEqualTo(401);
              answered.incrementAndGet();
              return guessing.get()
                  ? keepGuessing(web, user, guess, guessing, answered)
                  : CompletableFuture.completedFuture(null);
            });
  }

  private static CompletableFuture<Integer> request(WebFixture web, String user, String password) {
    return web.getAsync("/metrics", WebConfigHandlerTest.authorization(user, password))
        .thenApply(HttpResponse::statusCode);
  }

  private CompletableFuture<Integer> connect(WebFixture web, String user, String password) {
    return CompletableFuture.supplyAsync(() -> status(web, user, password), connecting);
  }

  private static int status(WebFixture web, String user, String password) {
    String header = String.join(": ", WebConfigHandlerTest.authorization(user, password));
    try {
      String response =
          web.exchange(
              "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n\r\n");
      return Integer.parseInt(response.substring(9, 12));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long scrape(WebFixture web, String user) throws Exception {
    long start = System.nanoTime();
    assertThat(web.get("/metrics", WebConfigHandlerTest.authorization(user, "right")).statusCode())
        .isEqualTo(200);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
