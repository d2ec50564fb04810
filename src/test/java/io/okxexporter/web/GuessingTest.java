package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.okxexporter.model.Secret;
import io.okxexporter.web.Authentication.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuessingTest {
  @Test
  void ten_thousand_wrong_passwords_are_not_kept() {
    Authentication authentication = new Authentication(Runnable::run, System::nanoTime);
    Map<String, Secret> users = Map.of("alice", hash(4, "right"));
    List<Verdict> verdicts = new ArrayList<>();
    authentication.check(
        users, new Attempt("alice", new Secret("right")), "a", (it, hold) -> verdicts.add(it));
    for (int i = 0; i < 10_000; i++) {
      Attempt wrong = new Attempt("alice", new Secret("wrong" + i));
      authentication.check(users, wrong, "address" + i, (it, hold) -> verdicts.add(it));
    }
    assertThat(verdicts.get(0)).isEqualTo(Verdict.ACCEPTED);
    assertThat(verdicts.subList(1, verdicts.size())).hasSize(10_000).containsOnly(Verdict.REFUSED);
    assertThat(authentication.remembered()).isEqualTo(VerdictCache.MOST_OF_EACH + 1);
    assertThat(authentication.waiting()).isZero();
  }

  @Test
  void a_right_password_is_remembered_whatever_is_guessed() {
    List<Runnable> hashing = new ArrayList<>();
    Authentication authentication =
        new Authentication(
            task -> {
              hashing.add(task);
              task.run();
            },
            System::nanoTime);
    Map<String, Secret> users = Map.of("alice", hash(4, "right"));
    Attempt right = new Attempt("alice", new Secret("right"));
    authentication.check(users, right, "a", (it, hold) -> {});
    for (int i = 0; i < 500; i++) {
      authentication.check(users, new Attempt("x" + i, new Secret("y")), "b", (it, hold) -> {});
    }
    hashing.clear();
    authentication.check(
        users, right, "a", (verdict, hold) -> assertThat(verdict).isEqualTo(Verdict.ACCEPTED));
    assertThat(hashing).isEmpty();
    authentication.check(users, new Attempt("bob", new Secret("right")), "a", (it, hold) -> {});
    assertThat(hashing).hasSize(1); // an unknown user costs a comparison, too
  }

  /** The trap of CVE-2022-46146: parts joined by a separator can be made to look like others. */
  @Test
  void no_attempt_passes_for_another() {
    Authentication authentication = new Authentication(Runnable::run, System::nanoTime);
    String hash = hash(4, "right").reveal();
    Map<String, Secret> users = Map.of("alice", new Secret(hash), "", new Secret(hash));
    List<Verdict> verdicts = new ArrayList<>();
    for (String[] attempt :
        new String[][] {
          {"alice", "right"},
          {"alice" + hash, "right"},
          {"alice", hash + "right"},
          {"", "alice" + hash + "right"},
          {"alice\0\0\0\5right", ""},
          {"alic", "eright"},
          {"alice:" + hash + ":right", ""}
        }) {
      authentication.check(
          users,
          new Attempt(attempt[0], new Secret(attempt[1])),
          "a",
          (it, hold) -> verdicts.add(it));
    }
    assertThat(verdicts.get(0)).isEqualTo(Verdict.ACCEPTED);
    assertThat(verdicts.subList(1, verdicts.size())).containsOnly(Verdict.REFUSED);
  }

  @Test
  void an_unknown_user_is_compared_at_the_cost_of_the_costliest() {
    Map<String, Secret> users = Map.of("cheap", hash(4, "a"), "dear", hash(11, "b"));
    long cheap = nanos(users, "cheap");
    long dear = nanos(users, "dear");
    long unknown = nanos(users, "nobody");
    assertThat(unknown).isGreaterThan(4 * cheap).isBetween(dear / 4, dear * 4);
  }

  private static long nanos(Map<String, Secret> users, String user) {
    Authentication authentication = new Authentication(Runnable::run, System::nanoTime);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      authentication.check(users, new Attempt(user, new Secret("w" + i)), "a", (it, hold) -> {});
      best = Math.min(best, System.nanoTime() - start);
    }
    return best;
  }

  @Test
  void fifty_guessers_leave_scrapes_of_known_users_quick() throws Exception {
    guessed((web, i, password) -> request(web, i, password));
  }

  @Test
  void nor_do_guessers_slow_them_that_open_a_connection_for_each_guess() throws Exception {
    guessed(
        (web, i, password) ->
            CompletableFuture.supplyAsync(() -> connect(web, i, password), connecting));
  }

  /** One guess. */
  private interface Guess {
    CompletableFuture<Integer> ask(Fixture web, int guesser, String password);
  }

  private final ExecutorService connecting = Executors.newFixedThreadPool(50);

  @AfterEach
  void stop() {
    connecting.shutdownNow();
  }

  /** All from the address of the known users, half of them by a known name. */
  private void guessed(Guess guess) throws Exception {
    Map<String, String> users =
        Map.of("prometheus", hash(10, "right").reveal(), "late", hash(10, "late").reveal());
    WebGuard guard = new WebGuard(MutableSettings.users(users), it -> {}, System::nanoTime);
    try (Fixture web = new Fixture(guard)) {
      AtomicBoolean guessing = new AtomicBoolean(true);
      AtomicInteger answered = new AtomicInteger();
      for (int i = 0; i < 50; i++) {
        CompletableFuture<Void> unused = keepGuessing(web, i, guess, guessing, answered);
      }
      Awaiting.until(() -> answered.get() >= 5);
      List<Long> millis = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        millis.add(scrape(web, "prometheus", "right"));
      }
      Awaiting.until(() -> answered.get() >= 20);
      millis.add(scrape(web, "late", "late"));
      guessing.set(false);
      assertThat(millis).allMatch(ms -> ms < 1000);
    }
  }

  private static CompletableFuture<Void> keepGuessing(
      Fixture web, int guesser, Guess guess, AtomicBoolean guessing, AtomicInteger answered) {
    String password = Long.toString(ThreadLocalRandom.current().nextLong());
    return guess
        .ask(web, guesser, password)
        .thenCompose(
            status -> {
              assertThat(status).isEqualTo(401);
              answered.incrementAndGet();
              return guessing.get()
                  ? keepGuessing(web, guesser, guess, guessing, answered)
                  : CompletableFuture.completedFuture(null);
            });
  }

  private static CompletableFuture<Integer> request(Fixture web, int guesser, String password) {
    return web.later("/metrics", GateTest.authorization(name(guesser), password))
        .thenApply(HttpResponse::statusCode);
  }

  private static int connect(Fixture web, int guesser, String password) {
    String header = String.join(": ", GateTest.authorization(name(guesser), password));
    try {
      String answer =
          web.exchange(
              "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n\r\n");
      return Integer.parseInt(answer.substring(9, 12));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(int guesser) {
    return guesser % 2 == 0 ? "prometheus" : "guesser" + guesser;
  }

  private static long scrape(Fixture web, String user, String password) throws Exception {
    long start = System.nanoTime();
    assertThat(web.get("/metrics", GateTest.authorization(user, password)).statusCode())
        .isEqualTo(200);
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static Secret hash(int cost, String password) {
    return new Secret(BCrypt.withDefaults().hashToString(cost, password.toCharArray()));
  }
}
