package io.okxexporter.model;

import static io.okxexporter.fixture.Users.inGroup;
import static io.okxexporter.fixture.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** The assignment of users to replicas. */
class ShardTest {
  @Property
  void every_user_has_exactly_one_replica(
      @ForAll @StringLength(min = 1, max = 64) String name, @ForAll @IntRange(min = 1) int count) {
    int replicas = 1 + count % 50;
    assertThat(replicas(replicas).filter(shard -> shard.isAssigned(user(name, "USDT")))).hasSize(1);
  }

  @Property(tries = 100)
  void replicas_have_about_equal_parts(
      @ForAll int seed, @ForAll @IntRange(min = 2, max = 8) int n) {
    int expected = 1000 / n;
    double sixSigma = 6 * Math.sqrt(1000.0 / n * (1 - 1.0 / n));
    assertThat(replicas(n).map(shard -> shard.assigned(thousandUsers(seed)).size()))
        .allSatisfy(
            assigned -> assertThat(Math.abs(assigned - expected)).isLessThan((int) sixSigma));
  }

  @Property(tries = 100)
  void one_replica_more_takes_its_part_and_moves_nobody_else(
      @ForAll int seed, @ForAll @IntRange(min = 1, max = 8) int n) {
    List<User> users = thousandUsers(seed);
    List<User> moved = users.stream().filter(user -> index(n, user) != index(n + 1, user)).toList();
    assertThat(moved).allSatisfy(user -> assertThat(index(n + 1, user)).isEqualTo(n));
    double expected = 1000.0 / (n + 1);
    assertThat(Math.abs(moved.size() - expected)).isLessThan(6 * Math.sqrt(expected));
  }

  @Property
  void who_shares_a_limit_shares_a_replica(
      @ForAll @StringLength(min = 1, max = 64) String group,
      @ForAll @StringLength(min = 1, max = 64) String name) {
    Shard shard = new Shard(0, 7);
    assertThat(shard.of(inGroup(group, user(name, "USDT"))))
        .isEqualTo(shard.of(inGroup(group, user("another", "BTC", "EUR"))));
  }

  @Example
  void nothing_but_the_group_or_else_the_name_counts() {
    User plain = user("main", "USDT");
    User other =
        new User(
            "main",
            plain.baseUrl().resolve("https://eea.okx.com"),
            true,
            List.of("EUR"),
            new Credentials(new Secret("new"), new Secret("new"), new Secret("new")),
            0.5,
            null,
            null);
    for (int n = 1; n < 50; n++) {
      assertThat(index(n, other)).isEqualTo(index(n, plain));
      assertThat(index(n, inGroup("main", plain))).isEqualTo(index(n, plain));
    }
  }

  /** Otherwise two versions running side by side, as in an update, would poll the same user. */
  @Example
  void no_version_may_ever_decide_otherwise() {
    List<String> names = List.of("main", "user1", "user2", "user3", "做市商", "a user");
    assertThat(names.stream().map(name -> index(3, user(name, "USDT"))))
        .containsExactly(2, 0, 2, 0, 0, 2);
    assertThat(names.stream().map(name -> index(10, user(name, "USDT"))))
        .containsExactly(2, 4, 2, 0, 5, 2);
    assertThat(index(10, user(null, "USDT"))).isEqualTo(1);
  }

  @Example
  void a_single_replica_has_them_all() {
    List<User> users = thousandUsers(1);
    assertThat(Shard.WHOLE.assigned(users)).isEqualTo(users);
    assertThat(Shard.WHOLE.isPart()).isFalse();
  }

  private static int index(int count, User user) {
    return new Shard(0, count).of(user).index();
  }

  private static Stream<Shard> replicas(int count) {
    return IntStream.range(0, count).mapToObj(index -> new Shard(index, count));
  }

  private static List<User> thousandUsers(int seed) {
    return IntStream.range(0, 1000).mapToObj(i -> user("user" + seed + "-" + i, "USDT")).toList();
  }
}
