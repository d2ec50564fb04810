package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Users;
import io.okxexporter.model.User;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConfigChangesTest {
  @Test
  void users_are_named_by_what_became_of_them() {
    Config before = config(15, user("a", "USDT"), user("b", "USDT"), user("c", "USDT"));
    Config after = config(15, user("d", "USDT"), user("c", "BTC"), user("b", "USDT"));
    ConfigChanges changes = ConfigChanges.between(before, after);
    assertThat(changes)
        .isEqualTo(new ConfigChanges(List.of("d"), List.of("a"), List.of("c"), List.of()));
    assertThat(changes.users()).isEqualTo("added d; removed a; changed c");
  }

  @Test
  void settings_are_named_with_their_new_value() {
    ConfigChanges changes =
        ConfigChanges.between(config(15, user("a", "USDT")), config(30, user("a", "USDT")));
    assertThat(changes.settings()).containsExactly("poll_interval=30s");
    assertThat(changes.users()).isEmpty();
  }

  @Test
  void of_many_users_only_a_few_are_named() {
    User[] many =
        IntStream.range(0, 5_000).mapToObj(i -> user("u" + i, "USDT")).toArray(User[]::new);
    ConfigChanges changes = ConfigChanges.between(config(15), config(15, many));
    assertThat(changes.added()).hasSize(5_000);
    assertThat(changes.users()).isEqualTo("added u0, u1, u2, u3, u4 and 4995 more");
  }

  @Property
  void every_user_is_the_same_or_named_once(
      @ForAll Set<@IntRange(max = 9) Integer> before,
      @ForAll Set<@IntRange(max = 9) Integer> after,
      @ForAll Set<@IntRange(max = 9) Integer> edited) {
    ConfigChanges changes =
        ConfigChanges.between(
            config(15, users(before, Set.of())), config(15, users(after, edited)));
    for (int i = 0; i <= 9; i++) {
      String name = "u" + i;
      boolean was = before.contains(i);
      boolean is = after.contains(i);
      assertThat(changes.added().contains(name)).isEqualTo(!was && is);
      assertThat(changes.removed().contains(name)).isEqualTo(was && !is);
      assertThat(changes.changed().contains(name)).isEqualTo(was && is && edited.contains(i));
    }
  }

  private static User[] users(Set<Integer> numbers, Set<Integer> edited) {
    return numbers.stream()
        .map(i -> user("u" + i, edited.contains(i) ? "BTC" : "USDT"))
        .toArray(User[]::new);
  }

  private static User user(String name, String ccy) {
    return Users.user(name, ccy);
  }

  private static Config config(int pollSeconds, User... users) {
    return Users.config(Duration.ofSeconds(pollSeconds), true, List.of(users));
  }
}
