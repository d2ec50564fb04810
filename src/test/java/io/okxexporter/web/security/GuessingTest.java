package io.okxexporter.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.okxexporter.model.Secret;
import io.okxexporter.web.security.PasswordVerifier.LoginClient;
import io.okxexporter.web.security.PasswordVerifier.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

class GuessingTest {
  private final List<Integer> costs = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private final PasswordVerifier verifier =
      new PasswordVerifier(Runnable::run, System::nanoTime, this::compare);
  private BiPredicate<Secret, Secret> bcrypt = Bcrypt::matches;

  private boolean compare(Secret password, Secret hash) {
    costs.add(Bcrypt.cost(hash));
    return bcrypt.test(password, hash);
  }

  @Test
  void ten_thousand_wrong_passwords_are_not_kept() {
    bcrypt = (password, hash) -> password.reveal().equals("right");
    Map<String, Secret> users = Map.of("alice", hash(4, "right"));
    check(users, "alice", "right");
    for (int i = 0; i < 10_000; i++) {
      check(users, "alice", "wrong" + i);
    }
    assertThat(verdicts.get(0)).isEqualTo(Verdict.ACCEPTED);
    assertThat(verdicts.subList(1, verdicts.size())).hasSize(10_000).containsOnly(Verdict.REFUSED);
    assertThat(verifier.cached()).isEqualTo(PasswordCache.MAX_OF_EACH + 1);
    assertThat(verifier.waiting()).isZero();
  }

  @Test
  void a_right_password_is_remembered_whatever_is_guessed() {
    Map<String, Secret> users = Map.of("alice", hash(4, "right"));
    check(users, "alice", "right");
    for (int i = 0; i < 500; i++) {
      check(users, "x" + i, "y");
    }
    costs.clear();
    assertThat(check(users, "alice", "right")).isEqualTo(Verdict.ACCEPTED);
    assertThat(costs).isEmpty();
    check(users, "bob", "right");
    assertThat(costs).hasSize(1); // an unknown user costs a comparison, too
  }

  /** CVE-2022-46146: parts joined by a separator can be crafted to look like others. */
  @Test
  void no_attempt_passes_for_another() {
    String hash = hash(4, "right").reveal();
    Map<String, Secret> users = Map.of("alice", new Secret(hash), "", new Secret(hash));
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
      check(users, attempt[0], attempt[1]);
    }
    assertThat(verdicts.get(0)).isEqualTo(Verdict.ACCEPTED);
    assertThat(verdicts.subList(1, verdicts.size())).hasSize(6).containsOnly(Verdict.REFUSED);
  }

  /** With differing costs, a user would stand out by the time a refusal takes. */
  @Test
  void a_wrong_password_takes_as_many_rounds_for_every_user_and_for_none() {
    Map<String, Secret> users =
        Map.of("a", hash(4, "a"), "b", hash(5, "b"), "c", hash(7, "c"), "d", hash(8, "d"));
    for (String user : List.of("a", "b", "c", "d", "nobody")) {
      costs.clear();
      assertThat(check(users, user, "wrong")).isEqualTo(Verdict.REFUSED);
      assertThat(costs.stream().mapToInt(cost -> 1 << cost).sum()).isEqualTo(1 << 8);
    }
    assertThat(check(users, "nobody", "d")).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void a_right_password_takes_its_own_rounds_alone() {
    Map<String, Secret> users = Map.of("cheap", hash(4, "right"), "dear", hash(7, "b"));
    assertThat(check(users, "cheap", "right")).isEqualTo(Verdict.ACCEPTED);
    assertThat(costs).containsExactly(4);
  }

  /** Else a comparison made only to take time might accept a password. */
  @Test
  void the_other_costs_of_a_hash_are_hashes_that_match_nothing() {
    Secret hash = hash(6, "right");
    assertThat(Bcrypt.matches(new Secret("right"), hash)).isTrue();
    for (int cost : new int[] {4, 5, 7, 10}) {
      Secret other = Bcrypt.withCost(hash, cost);
      assertThat(Bcrypt.cost(other)).isEqualTo(cost);
      assertThat(Bcrypt.matches(new Secret("right"), other)).isFalse();
    }
  }

  private Verdict check(Map<String, Secret> users, String user, String password) {
    verifier.check(
        users,
        new BasicCredentials(user, new Secret(password)),
        new LoginClient("address", () -> true, it -> verdicts.add(it.verdict())));
    return verdicts.get(verdicts.size() - 1);
  }

  private static Secret hash(int cost, String password) {
    return new Secret(BCrypt.withDefaults().hashToString(cost, password.toCharArray()));
  }
}
