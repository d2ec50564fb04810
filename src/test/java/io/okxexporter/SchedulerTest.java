package io.okxexporter;

import static io.okxexporter.fixture.Users.inGroup;
import static io.okxexporter.fixture.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.OkxApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.ProbeResult;
import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.poll.BackoffTest;
import io.okxexporter.poll.PollLimits;
import io.okxexporter.poll.PollListener;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rounds, turns and back-off in virtual time, with jitter in the middle of its range. */
class SchedulerTest {
  private static final Duration LATENCY = Duration.ofMillis(100);

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final Instant start = time.now();
  private final List<String> sent = new ArrayList<>();
  private final Map<String, Duration> intervals = new LinkedHashMap<>();
  private final Map<String, @Nullable Duration> next = new HashMap<>();
  private BiFunction<String, String, Outcome<Valuation>> okx = (user, ccy) -> success(ccy);

  @Test
  void a_round_asks_the_units_back_to_back_and_comes_again_each_interval() {
    run(Duration.ofSeconds(36), Duration.ofSeconds(15), user("a", "USDT", "BTC", "EUR"));
    assertThat(sent)
        .containsExactly(
            "2.040 a USDT",
            "3.160 a BTC",
            "4.280 a EUR",
            "15.000 a USDT",
            "16.120 a BTC",
            "17.240 a EUR",
            "30.000 a USDT",
            "31.120 a BTC",
            "32.240 a EUR");
  }

  @Test
  void the_first_rounds_of_many_users_are_spread_over_the_interval() {
    run(
        Duration.ofSeconds(25),
        Duration.ofSeconds(20),
        user("a", "BTC"),
        user("b", "BTC"),
        user("c", "BTC"),
        user("d", "BTC"));
    assertThat(sent)
        .containsExactly(
            "2.040 a BTC",
            "5.000 b BTC",
            "10.000 c BTC",
            "15.000 d BTC",
            "20.000 a BTC",
            "25.000 b BTC");
  }

  @Test
  void users_of_one_budget_take_turns_by_whole_rounds() {
    run(
        Duration.ofSeconds(11),
        Duration.ofSeconds(1),
        inGroup("g", user("a", "USDT", "BTC")),
        inGroup("g", user("b", "USDT", "BTC")),
        inGroup("g", user("c", "BTC")));
    assertThat(sent)
        .containsExactly(
            "2.040 a USDT",
            "3.160 a BTC",
            "4.280 b USDT",
            "5.400 b BTC",
            "6.520 c BTC",
            "7.640 a USDT",
            "8.760 a BTC",
            "9.880 b USDT",
            "11.000 b BTC");
  }

  @Test
  void a_user_that_fails_takes_no_more_than_its_turn_from_those_it_shares_with() {
    okx = (user, ccy) -> user.equals("a") ? failure(Reason.UNAVAILABLE) : success(ccy);
    run(
        Duration.ofMinutes(10),
        Duration.ofSeconds(1),
        inGroup("g", user("a", "USDT", "BTC")),
        inGroup("g", user("b", "USDT", "BTC")));
    assertThat(sent.stream().filter(line -> line.contains(" a ")).count()).isBetween(12L, 16L);
    assertThat(sent.stream().filter(line -> line.contains(" b ")).count()).isGreaterThan(510);
  }

  @Test
  void a_refusal_for_the_rate_holds_back_everyone_who_shares_the_limit() {
    okx = (user, ccy) -> user.equals("a") ? failure(Reason.RATE_LIMITED) : success(ccy);
    run(
        Duration.ofSeconds(8),
        Duration.ofSeconds(60),
        inGroup("g", user("a", "BTC")),
        inGroup("g", user("b", "BTC")));
    // b is due at 30 s. Until then only a retries: after its gap and 2 s, then 4 s.
    assertThat(sent).containsExactly("2.040 a BTC", "5.160 a BTC");
  }

  @Test
  void what_passes_by_itself_is_tried_again_with_growing_pauses() {
    okx = (user, ccy) -> failure(Reason.UNAVAILABLE);
    run(Duration.ofSeconds(200), Duration.ofSeconds(15), user("a", "USDT", "BTC"));
    assertThat(sent)
        .containsExactly(
            "2.040 a USDT",
            "5.160 a BTC",
            "10.280 a USDT",
            "19.400 a BTC",
            "36.520 a USDT",
            "69.640 a BTC",
            "130.760 a USDT",
            "191.880 a BTC");
  }

  @Test
  void lost_answers_add_a_gap_each_to_the_back_off() {
    okx = (user, ccy) -> new Failure<>(Reason.TIMEOUT, null, "", Duration.ZERO, true, null);
    run(Duration.ofSeconds(20), Duration.ofSeconds(15), user("a", "USDT", "BTC"));
    // 2.040 + 0.1 + 2 × 1.02 + 2; + 0.1 + 3 × 1.02 + 4
    assertThat(sent).containsExactly("2.040 a USDT", "6.180 a BTC", "13.340 a USDT");
  }

  @Test
  void one_unit_that_fails_slows_the_others_by_its_tries_alone() {
    okx = (user, ccy) -> ccy.equals("USDT") ? failure(Reason.UNKNOWN) : success(ccy);
    run(Duration.ofSeconds(70), Duration.ofSeconds(10), user("a", "USDT", "BTC"));
    assertThat(sent)
        .containsExactly(
            "2.040 a USDT",
            "5.160 a BTC",
            "6.280 a USDT",
            "10.000 a BTC",
            "11.400 a USDT",
            "20.000 a BTC",
            "21.120 a USDT",
            "30.000 a BTC",
            "38.240 a USDT",
            "41.360 a BTC",
            "50.000 a BTC",
            "60.000 a BTC",
            "70.000 a BTC");
  }

  @Test
  void what_a_human_must_mend_is_asked_about_once_a_minute_with_one_request() {
    okx = (user, ccy) -> failure(Reason.AUTH);
    run(Duration.ofSeconds(200), Duration.ofSeconds(15), user("a", "USDT", "BTC", "EUR"));
    assertThat(sent)
        .containsExactly("2.040 a USDT", "63.160 a BTC", "124.280 a EUR", "185.400 a USDT");
  }

  @Test
  void once_mended_everything_is_asked_at_once() {
    Instant fixed = start.plusSeconds(30);
    okx = (user, ccy) -> time.now().isBefore(fixed) ? failure(Reason.AUTH) : success(ccy);
    run(Duration.ofSeconds(76), Duration.ofSeconds(15), user("a", "USDT", "BTC", "EUR"));
    assertThat(sent)
        .containsExactly(
            "2.040 a USDT", "63.160 a BTC", "64.280 a EUR", "65.400 a USDT", "75.000 a BTC");
  }

  @Test
  void a_unit_that_okx_does_not_accept_slows_itself_alone() {
    okx = (user, ccy) -> ccy.equals("XYZ") ? failure(Reason.BAD_REQUEST) : success(ccy);
    run(Duration.ofSeconds(70), Duration.ofSeconds(15), user("a", "XYZ", "BTC"));
    assertThat(sent)
        .containsExactly(
            "2.040 a XYZ",
            "3.160 a BTC",
            "15.000 a BTC",
            "30.000 a BTC",
            "45.000 a BTC",
            "60.000 a BTC",
            "63.160 a XYZ");
  }

  @Test
  void a_round_that_takes_longer_than_the_interval_goes_round_without_a_pause() {
    run(Duration.ofMinutes(2), Duration.ofSeconds(2), user("a", "USDT", "BTC", "EUR"));
    assertThat(sent).hasSize((int) ((120 - 2.04) / 1.12) + 1);
    assertThat(intervals.get("a")).isEqualTo(Duration.ofMillis(3 * 1120));
  }

  @Test
  void the_real_interval_is_known_from_the_start() {
    run(
        Duration.ZERO,
        Duration.ofSeconds(3),
        inGroup("g", user("a", "USDT", "BTC")),
        inGroup("g", user("b", "USDT", "BTC")),
        user("c", "BTC"));
    assertThat(intervals)
        .isEqualTo(
            Map.of(
                "a", Duration.ofMillis(4080),
                "b", Duration.ofMillis(4080),
                "c", Duration.ofSeconds(3)));
  }

  @Test
  void it_is_told_when_each_user_is_asked_next() {
    run(Duration.ZERO, Duration.ofSeconds(20), user("a", "USDT"), user("b", "USDT"));
    assertThat(next).isEqualTo(Map.of("a", Duration.ofMillis(2040), "b", Duration.ofSeconds(10)));
    time.advance(Duration.ofMillis(10_100));
    assertThat(next)
        .isEqualTo(Map.of("a", Duration.ofMillis(17_860), "b", Duration.ofMillis(19_900)));
  }

  @Test
  void the_bound_of_the_process_holds_for_all_users_together() {
    User[] users = new User[20];
    for (int i = 0; i < users.length; i++) {
      users[i] = user("u" + i, "BTC");
    }
    run(
        Duration.ofSeconds(12),
        new PollLimits(Duration.ofSeconds(1), Duration.ofSeconds(30), 3, 512),
        users);
    assertThat(sent).hasSizeBetween(28, 30);
    assertThat(intervals.get("u0")).isEqualTo(Duration.ofNanos(20_000_000_000L / 3));
  }

  @Test
  void the_bound_on_requests_in_flight_holds_and_nobody_is_forgotten() {
    User[] users = new User[6];
    for (int i = 0; i < users.length; i++) {
      users[i] = user("u" + i, "BTC");
    }
    run(
        Duration.ofMillis(2450),
        new PollLimits(Duration.ofMillis(6), Duration.ofSeconds(30), 1000, 2),
        users);
    assertThat(sent)
        .containsExactly(
            "2.040 u0 BTC",
            "2.040 u1 BTC",
            "2.140 u2 BTC",
            "2.140 u3 BTC",
            "2.240 u4 BTC",
            "2.240 u5 BTC");
  }

  private void run(Duration duration, Duration pollInterval, User... users) {
    run(duration, new PollLimits(pollInterval, Duration.ofSeconds(30), 100, 512), users);
  }

  private void run(Duration duration, PollLimits limits, User... users) {
    new Scheduler(
            List.of(users),
            limits,
            time,
            time,
            BackoffTest.always(0.5),
            new Valuations(),
            List.of(new Recorder()),
            null,
            null)
        .start();
    time.advance(duration);
  }

  /** Receives only valuation requests, since there is no diagnosis. */
  private final class Valuations implements OkxApi {
    @Override
    public void valuation(User user, String ccy, Consumer<Outcome<Valuation>> done) {
      double seconds = Duration.between(start, time.now()).toNanos() / 1e9;
      sent.add(String.format("%.3f %s %s", seconds, user.displayName(), ccy));
      time.schedule(() -> done.accept(okx.apply(user.displayName(), ccy)), LATENCY);
    }

    @Override
    public void apiKeyInfo(User user, Consumer<Outcome<ApiKeyInfo>> done) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void probe(URI host, @Nullable HttpProxy proxy, Consumer<ProbeResult> done) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void maintenance(
        URI host, @Nullable HttpProxy proxy, Consumer<Outcome<List<Maintenance>>> done) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Recorder implements PollListener {
    @Override
    public void planned(User user, RateLimitGroup budget, Duration refreshInterval) {
      intervals.put(user.displayName(), refreshInterval);
    }

    @Override
    public void next(User user, @Nullable Duration in) {
      next.put(user.displayName(), in);
    }

    @Override
    public void took(Endpoint endpoint, Duration took) {
      assertThat(took).isEqualTo(LATENCY);
    }
  }

  private static Outcome<Valuation> success(String ccy) {
    return new Success<>(new Valuation(ccy, BigDecimal.ONE, Map.of(), null));
  }

  private static Outcome<Valuation> failure(Reason reason) {
    return Failure.answered(reason, null, "", Duration.ZERO);
  }
}
