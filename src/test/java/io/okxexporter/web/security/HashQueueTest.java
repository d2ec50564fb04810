package io.okxexporter.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.CapturedLog;
import io.okxexporter.web.security.PasswordVerifier.LoginClient;
import io.okxexporter.web.security.PasswordVerifier.Verdict;
import io.okxexporter.web.security.PasswordVerifier.VerifyResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashQueueTest {
  private static final VerifyResult WRONG = new VerifyResult(Verdict.REFUSED, Duration.ZERO);

  private final Deque<Runnable> worker = new ArrayDeque<>();
  private final HashQueue queue = new HashQueue(worker::add);
  private final Set<String> gone = new HashSet<>();
  private final List<String> checked = new ArrayList<>();
  private final List<String> results = new ArrayList<>();

  @Test
  void of_one_address_the_newest_come_first_and_every_third_time_the_oldest() {
    for (int i = 1; i <= 7; i++) {
      submit("a", "" + i);
    }
    work();
    assertThat(checked).containsExactly("1", "7", "6", "2", "5", "4", "3");
  }

  @Test
  void two_turns_of_three_are_those_of_the_address_served_longest_ago() {
    for (int i = 1; i <= 4; i++) {
      submit("guesser", "g" + i);
    }
    submit("somebody", "s");
    work();
    assertThat(checked).containsExactly("g1", "s", "g4", "g2", "g3");
  }

  @Test
  void a_guesser_does_not_hold_up_another_address_however_often_that_was_served() {
    for (int i = 0; i < 3; i++) {
      for (int guess = 0; guess < 50; guess++) {
        submit("guesser", "g" + i + "." + guess);
      }
      submit("somebody", "s" + i);
      checked.clear();
      work();
      assertThat(checked.indexOf("s" + i)).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void no_number_of_new_addresses_holds_up_the_oldest_attempt() {
    submit("somebody", "mistyped");
    work();
    submit("new", "before");
    submit("somebody", "s");
    for (int i = 0; i < 50; i++) {
      submit("new" + i, "g" + i);
    }
    checked.clear();
    work();
    assertThat(checked.indexOf("s")).isLessThanOrEqualTo(3);
  }

  @Test
  void an_attempt_that_comes_again_goes_before_all_that_came_once() {
    submit("random", "g", () -> guessesCome("g", 20));
    submit("somebody", "s");
    gone.add("s");
    submit(
        "random",
        "next",
        () -> {
          gone.remove("s");
          submit("somebody", "s");
          guessesCome("h", 20);
        });
    work();
    assertThat(results).startsWith("s UNCHECKED");
    assertThat(checked.indexOf("s") - checked.indexOf("next")).isBetween(1, 3);
  }

  private void guessesCome(String name, int count) {
    for (int i = 0; i < count; i++) {
      submit("random " + name + i, name + i);
    }
  }

  @Test
  void what_was_checked_is_new_again_when_it_comes_again() {
    submit("a", "1");
    work();
    submit("a", "2");
    submit("a", "1");
    submit("a", "3");
    work();
    assertThat(checked).hasSize(4).startsWith("1", "2");
  }

  @Test
  void whose_connection_is_gone_is_not_checked() {
    submit("a", "1");
    submit("b", "2");
    submit("a", "3");
    gone.addAll(List.of("1", "3"));
    work();
    assertThat(checked).containsExactly("2");
    assertThat(results).containsExactly("1 UNCHECKED", "3 UNCHECKED", "2 REFUSED");
    assertThat(queue.waiting()).isZero();
  }

  @Test
  void equal_attempts_share_one_check() {
    for (int i = 0; i < 5; i++) {
      submit("a" + i, "same");
      submit("b", "other" + i);
    }
    work();
    assertThat(checked).containsOnlyOnce("same").hasSize(6);
    assertThat(results).hasSize(10).filteredOn("same REFUSED"::equals).hasSize(5);
  }

  @Test
  void an_equal_attempt_that_comes_during_the_check_shares_it() {
    submit("a", "1", () -> submit("b", "1"));
    work();
    assertThat(results).containsExactly("1 REFUSED", "1 REFUSED");
    assertThat(checked).containsExactly("1");
  }

  @Test
  void where_no_thread_is_to_be_had_the_attempt_is_not_checked_and_the_next_one_tries_again() {
    Deque<Runnable> threads = new ArrayDeque<>();
    HashQueue scarce =
        new HashQueue(
            task -> {
              if (threads.isEmpty()) {
                threads.add(task);
                throw new OutOfMemoryError("unable to create native thread");
              }
              task.run();
            });
    scarce.submit("1", client("a", "1"), () -> WRONG);
    scarce.submit("2", client("a", "2"), () -> WRONG);
    assertThat(results).containsExactly("1 UNCHECKED", "2 REFUSED");
  }

  @Test
  void a_check_that_fails_is_answered_and_stops_nobody() {
    try (CapturedLog log = new CapturedLog()) {
      submit("a", "before", () -> fail(new IllegalStateException("secret")));
      submit("a", "error", () -> fail(new OutOfMemoryError("secret")));
      submit("a", "after");
      work();
      assertThat(results)
          .containsExactlyInAnyOrder("before UNCHECKED", "error UNCHECKED", "after REFUSED");
      assertThat(log.text()).contains("IllegalStateException").doesNotContain("secret");
    }
  }

  private static <E extends Throwable> void fail(E failure) throws E {
    throw failure;
  }

  @Test
  void an_answer_that_fails_stops_nobody() {
    LoginClient failing =
        new LoginClient(
            "a",
            () -> true,
            it -> {
              throw new IllegalStateException("the server stops");
            });
    queue.submit("1", failing, () -> WRONG);
    submit("b", "2");
    work();
    assertThat(results).containsExactly("2 REFUSED");
  }

  @Test
  void of_too_many_the_youngest_of_the_address_that_has_most_is_not_checked() {
    submit("somebody", "s");
    for (int i = 0; i < 2 * HashQueue.MAX_WAITING; i++) {
      submit("flood", "f" + i);
      assertThat(queue.waiting()).isLessThanOrEqualTo(HashQueue.MAX_WAITING);
    }
    submit("else", "e");
    assertThat(results).hasSize(HashQueue.MAX_WAITING + 2).doesNotContain("e UNCHECKED");
    work();
    assertThat(checked).hasSize(HashQueue.MAX_WAITING).contains("s", "f0");
    assertThat(checked.indexOf("e")).isLessThanOrEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"-2, s", "0, new"})
  void only_so_many_attempts_are_remembered(int more, String first) {
    gone.add("s");
    submit("a", "s");
    for (int i = 0; i < HashQueue.MAX_SEEN + more; i++) {
      gone.add("g" + i);
      submit("a", "g" + i);
      work();
    }
    gone.remove("s");
    submit("a", "new");
    submit("a", "s");
    work();
    assertThat(checked).hasSize(2).startsWith(first);
  }

  private void submit(String address, String name) {
    submit(address, name, () -> {});
  }

  private void submit(String address, String name, Runnable during) {
    queue.submit(
        name,
        client(address, name),
        () -> {
          checked.add(name);
          during.run();
          return WRONG;
        });
  }

  private LoginClient client(String address, String name) {
    return new LoginClient(
        address, () -> !gone.contains(name), it -> results.add(name + " " + it.verdict()));
  }

  private void work() {
    for (Runnable task = worker.poll(); task != null; task = worker.poll()) {
      task.run();
    }
  }
}
