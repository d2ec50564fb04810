package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.CapturedLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class HashQueueTest {
  private final Deque<Runnable> worker = new ArrayDeque<>();
  private final Executor executor = worker::add;
  private final HashQueue queue = new HashQueue(executor);
  private final List<String> done = new ArrayList<>();

  @Test
  void of_one_address_the_newest_comes_first() {
    submit("a", "1");
    submit("a", "2");
    submit("a", "3");
    work();
    assertThat(done).containsExactly("3", "2", "1");
  }

  @Test
  void who_was_served_longest_ago_comes_first() {
    submit("guesser", "g1");
    work();
    submit("guesser", "g2");
    submit("new", "n");
    submit("guesser", "g3");
    submit("guesser", "g4");
    work();
    assertThat(done).containsExactly("g1", "n", "g4", "g3", "g2");
  }

  @Test
  void where_no_thread_is_to_be_had_the_check_is_dropped_and_the_next_one_tries_again() {
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
    scarce.submit("a", () -> done.add("run"), () -> done.add("dropped"));
    scarce.submit("a", () -> done.add("run"), () -> done.add("dropped"));
    assertThat(done).containsExactly("dropped", "run");
  }

  @Test
  void an_error_in_one_check_ends_no_other() {
    queue.submit(
        "a",
        () -> {
          throw new OutOfMemoryError("for a test");
        },
        () -> done.add("dropped"));
    submit("b", "1");
    work();
    assertThat(done).containsExactlyInAnyOrder("dropped", "1");
  }

  @Test
  void addresses_take_turns() {
    for (int i = 1; i <= 3; i++) {
      submit("a", "a" + i);
      submit("b", "b" + i);
    }
    work();
    assertThat(done).containsExactly("b3", "a3", "b2", "a2", "b1", "a1");
  }

  @Test
  void guessers_that_wait_for_their_answers_let_a_newcomer_of_their_own_address_pass() {
    for (int i = 0; i < 50; i++) {
      guess(i, 20);
    }
    queue.submit("same", () -> submit("same", "known user"), () -> {});
    work();
    assertThat(done.indexOf("known user")).isLessThan(3);
    assertThat(done).hasSize(50 * 20 + 1);
  }

  /** Guesses again as soon as there is an answer. */
  private void guess(int guesser, int left) {
    if (left > 0) {
      queue.submit(
          "same",
          () -> {
            done.add("guess");
            guess(guesser, left - 1);
          },
          () -> done.add("dropped"));
    }
  }

  @Test
  void of_too_many_the_last_in_line_are_dropped() {
    submit("flood", "first");
    work();
    for (int i = 0; i < 10 * HashQueue.MOST_WAITING; i++) {
      submit("flood", "f" + i);
      assertThat(queue.waiting()).isLessThanOrEqualTo(HashQueue.MOST_WAITING);
    }
    submit("somebody", "else");
    assertThat(done).hasSize(1 + 9 * HashQueue.MOST_WAITING + 1).contains("dropped f0");
    done.clear();
    work();
    assertThat(done.get(0)).isEqualTo("else");
    assertThat(done).hasSize(HashQueue.MOST_WAITING);
  }

  @Test
  void a_check_that_fails_is_answered_and_stops_nobody() {
    try (CapturedLog log = new CapturedLog()) {
      submit("a", "before");
      queue.submit(
          "a",
          () -> {
            throw new IllegalStateException("secret");
          },
          () -> done.add("failed"));
      work();
      submit("a", "after");
      work();
      assertThat(done).containsExactly("failed", "before", "after");
      assertThat(log.text()).contains("IllegalStateException").doesNotContain("secret");
    }
  }

  private void submit(String address, String name) {
    queue.submit(address, () -> done.add(name), () -> done.add("dropped " + name));
  }

  private void work() {
    for (Runnable task = worker.poll(); task != null; task = worker.poll()) {
      task.run();
    }
  }
}
