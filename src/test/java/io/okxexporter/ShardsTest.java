package io.okxexporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand users sharded over replicas, against the strict exchange. */
@Tag("slow")
class ShardsTest {
  private static final int USERS = 1000;
  private static final Duration A_WHILE = Duration.ofMinutes(1);

  private final Replicas replicas = new Replicas(USERS);

  @ParameterizedTest
  @ValueSource(ints = {0, 30})
  void from_three_through_zero_to_four_nobody_is_asked_for_too_early_or_twice(int secondsAtZero) {
    replicas.startAll(3);
    replicas.time.advance(A_WHILE);
    assertThat(pollersOfEachUser()).hasSize(USERS).allSatisfy(ShardsTest::isOne);
    replicas.killAll();
    replicas.time.advance(Duration.ofSeconds(secondsAtZero));

    Instant restart = replicas.time.now();
    replicas.sent.clear();
    replicas.startAll(4);
    replicas.time.advance(A_WHILE);
    assertThat(pollersOfEachUser()).hasSize(USERS).allSatisfy(ShardsTest::isOne);
    assertThat(replicas.assigned()).hasSize(4).allSatisfy(ShardsTest::isAbout250);
    assertThat(replicas.holdersOfEachUser()).hasSize(USERS).allSatisfy(ShardsTest::isOne);
    assertThat(replicas.exchange.violations()).isZero();
    assertGap(restart);
  }

  /** After the first request, two gaps after the start, all users follow within one interval. */
  private void assertGap(Instant restart) {
    LongSummaryStatistics firstRequests =
        firstRequests().stream()
            .mapToLong(at -> Duration.between(restart, at).toMillis())
            .summaryStatistics();
    assertThat(firstRequests.getMin()).isBetween(2040L, 3000L);
    assertThat(firstRequests.getMax()).isLessThan(18_000);
  }

  @Test
  void an_update_pod_by_pod_that_keeps_their_number_breaks_no_limit() {
    replicas.startAll(3);
    for (int index = 2; index >= 0; index--) {
      replicas.time.advance(Duration.ofSeconds(30));
      replicas.replace(new Shard(index, 3), new Shard(index, 3));
    }
    replicas.time.advance(A_WHILE);
    assertThat(pollersOfEachUser()).hasSize(USERS).allSatisfy(ShardsTest::isOne);
    assertThat(replicas.exchange.violations()).isZero();
  }

  /** The reason for changing the number of replicas only through zero. */
  @Test
  void a_change_of_their_number_pod_by_pod_would_break_limits_and_show() {
    replicas.startAll(3);
    replicas.time.advance(A_WHILE);
    assertThat(replicas.exchange.violations()).isZero();
    replicas.start(new Shard(3, 4));
    replicas.time.advance(A_WHILE);
    assertThat(replicas.holdersOfEachUser().values()).contains(1, 2).doesNotContain(0);
    replicas.replace(new Shard(2, 3), new Shard(2, 4));
    replicas.time.advance(A_WHILE);
    assertThat(replicas.exchange.violations()).isGreaterThan(1000);
  }

  @Test
  void users_of_a_replica_that_is_gone_are_held_by_none_and_nobody_else_is() {
    replicas.startAll(3);
    int lost = replicas.assigned().get(1);
    replicas.kill(new Shard(1, 3));
    Collection<Integer> holders = replicas.holdersOfEachUser().values();
    assertThat(holders).hasSize(USERS).containsOnly(0, 1);
    assertThat(holders.stream().filter(count -> count == 0)).hasSize(lost);
  }

  @Test
  void users_come_and_go_by_a_reload_and_each_still_has_one_replica() {
    replicas.startAll(3);
    for (int users : List.of(500, 700, 1000)) {
      replicas.sent.clear();
      replicas.reloadWithTheFirst(users, Duration.ofSeconds(5));
      replicas.time.advance(A_WHILE);
      replicas.sent.removeIf(sent -> sent.at().isBefore(replicas.time.now().minusSeconds(40)));
      assertThat(pollersOfEachUser()).hasSize(users).allSatisfy(ShardsTest::isOne);
      assertThat(replicas.holdersOfEachUser()).hasSize(users).allSatisfy(ShardsTest::isOne);
    }
    assertThat(replicas.exchange.violations()).isZero();
  }

  @Test
  void replicas_without_users_are_ready_and_ask_nothing() {
    Replicas few = new Replicas(1);
    few.startAll(3);
    assertThat(few.ready()).containsExactly(false, true, true);
    few.time.advance(A_WHILE);
    assertThat(few.assigned()).containsExactly(1, 0, 0);
    assertThat(few.sent).extracting(Replicas.Sent::replica).containsOnly(new Shard(0, 3));
  }

  private Map<String, Integer> pollersOfEachUser() {
    Map<String, Set<Shard>> pollers = new HashMap<>();
    for (Replicas.Sent sent : replicas.sent) {
      pollers.computeIfAbsent(sent.apiKey(), key -> new HashSet<>()).add(sent.replica());
    }
    return pollers.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().size()));
  }

  private Collection<Instant> firstRequests() {
    return replicas.sent.stream()
        .collect(
            Collectors.toMap(Replicas.Sent::apiKey, Replicas.Sent::at, (first, later) -> first))
        .values();
  }

  private static void isOne(String user, int count) {
    assertThat(count).as(user).isOne();
  }

  private static void isAbout250(int held) {
    assertThat(held).isBetween(190, 310);
  }
}
