package io.okxexporter.poll;

import static io.okxexporter.fixture.Users.inGroup;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.Credentials;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leaving budgets may send from 10 s on, new ones from 2 s on. */
class BudgetHandoverTest {
  private static final long SECOND = 1_000_000_000;

  private final List<String> joined = new ArrayList<>();

  @Test
  void who_has_the_name_the_key_or_the_group_of_one_before_waits_as_long() {
    User old = inGroup("g", keyed("old", "k"));
    assertThat(readyAfter(List.of(leaving(old)), keyed("old", "other"))).isEqualTo(10 * SECOND);
    assertThat(readyAfter(List.of(leaving(old)), keyed("new", "k"))).isEqualTo(10 * SECOND);
    assertThat(readyAfter(List.of(leaving(old)), inGroup("g", keyed("new", "other"))))
        .isEqualTo(10 * SECOND);
    assertThat(readyAfter(List.of(leaving(old)), keyed("new", "other"))).isEqualTo(2 * SECOND);
  }

  @Test
  void heirs_of_one_user_id_that_was_found_stay_together() {
    Budget joinedBudget = leaving(keyed("a", "1"));
    joinedBudget.join(leaving(keyed("b", "2")));
    handOver(List.of(joinedBudget), entering(keyed("a", "3")), entering(keyed("b", "4")));
    assertThat(joined).containsExactly("a b");
  }

  @Test
  void heirs_of_one_group_go_their_own_ways() {
    Budget group = leaving(inGroup("g", keyed("a", "1")), inGroup("g", keyed("b", "2")));
    handOver(List.of(group), entering(keyed("a", "3")), entering(keyed("b", "4")));
    assertThat(joined).isEmpty();
  }

  @Test
  void what_is_joined_with_another_has_waited_as_long_as_all_of_its_own_did() {
    Budget joinedBudget = leaving(keyed("a", "1"));
    joinedBudget.join(leaving(keyed("b", "2")));
    Budget late = budget(Duration.ofSeconds(10), keyed("c", "3"));
    Budget one = entering(keyed("a", "1"));
    Budget group = entering(inGroup("g", keyed("b", "2")), inGroup("g", keyed("c", "3")));
    BudgetHandover.of(List.of(joinedBudget, late))
        .handOver(List.of(one, group), (first, other) -> one.join(group));
    assertThat(one.readyAt()).isEqualTo(20 * SECOND);
  }

  private long readyAfter(List<Budget> leaving, User user) {
    Budget budget = entering(user);
    handOver(leaving, budget);
    return budget.readyAt();
  }

  private void handOver(List<Budget> leaving, Budget... entered) {
    BudgetHandover.of(leaving)
        .handOver(
            Arrays.asList(entered),
            (one, other) -> joined.add(one.displayName() + " " + other.displayName()));
  }

  private static Budget leaving(User... users) {
    return budget(Duration.ofSeconds(5), users);
  }

  private static Budget entering(User... users) {
    return budget(Duration.ofSeconds(1), users);
  }

  private static Budget budget(Duration gap, User... users) {
    Backoff backoff = new Backoff(BackoffTest.always(0.5));
    List<UserSchedule> schedules =
        Arrays.stream(users)
            .map(user -> new UserSchedule(user, Duration.ofSeconds(10), 0, backoff, false))
            .toList();
    return new Budget(schedules, gap, Duration.ofSeconds(10), 0);
  }

  private static User keyed(String name, String key) {
    Credentials credentials = new Credentials(new Secret(key), new Secret("s"), new Secret("p"));
    return new User(
        name, URI.create("http://127.0.0.1:1"), false, List.of("USDT"), credentials, 1, null, null);
  }
}
