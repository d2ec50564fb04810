package io.okxexporter.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.config.Config;
import io.okxexporter.fixture.Users;
import io.okxexporter.model.User;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WatchedProgressTest {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final AtomicLong now = new AtomicLong();
  private final WatchedProgress progress =
      new WatchedProgress(new TerminalProgress(System.err, false), now::get);

  @Test
  void a_check_without_progress_is_stuck() {
    now.set(LONGEST.toNanos());
    assertThatThrownBy(() -> progress.await(new CompletableFuture<>(), LONGEST))
        .isInstanceOf(IOException.class)
        .hasMessage("the check is stuck: no progress for 10 min");
  }

  @Test
  void a_check_with_progress_may_take_any_time() throws IOException {
    CompletableFuture<String> end =
        new CompletableFuture<>() {
          private int waits;

          @Override
          public String get(long timeout, TimeUnit unit) throws TimeoutException {
            if (waits++ == 100) {
              return "end";
            }
            progress.doing("step " + waits);
            now.addAndGet(LONGEST.toNanos() - 1);
            throw new TimeoutException();
          }
        };
    assertThat(progress.await(end, LONGEST)).isEqualTo("end");
    assertThat(now.get()).isGreaterThan(Duration.ofHours(1).toNanos());
  }

  @Property
  void the_longest_pause_follows_the_rates(
      @ForAll @IntRange(max = 9) int zerosOfTotal, @ForAll @IntRange(max = 9) int zerosOfUser) {
    double total = Math.pow(10, -zerosOfTotal);
    double ofUser = Math.pow(10, -zerosOfUser);
    User slow = Users.atRate(ofUser, Users.user("slow", "BTC"));
    Config config =
        new Config(
            Duration.ofSeconds(15),
            Duration.ofMinutes(5),
            total,
            true,
            true,
            List.of(slow, Users.user("fast", "BTC")),
            List.of());
    assertThat(WatchedProgress.longestPause(config).toNanos() / 1e9)
        .isGreaterThan(600)
        .isGreaterThan(2 / ofUser)
        .isGreaterThan(1 / total);
  }
}
