package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.okxexporter.model.Secret;
import io.okxexporter.web.Authentication.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private static Secret hash(int cost, String password) {
    return new Secret(BCrypt.withDefaults().hashToString(cost, password.toCharArray()));
  }
}
