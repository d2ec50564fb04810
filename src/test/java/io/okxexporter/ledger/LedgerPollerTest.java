package io.okxexporter.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Users;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Bill;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.LedgerApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.model.Withdrawal;
import io.okxexporter.model.Withdrawal.Stage;
import io.okxexporter.poll.BackgroundRequests;
import io.okxexporter.poll.Backoff;
import io.okxexporter.poll.PollLimits;
import io.okxexporter.poll.RequestLimiter;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When which ledger is read, with which key, and what listeners are notified of. */
class LedgerPollerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LATENCY = Duration.ofMillis(100);

  private final VirtualTime time = new VirtualTime(START);
  private final long origin = time.nanoTime();
  private final List<String> requests = new ArrayList<>();
  private final Map<String, String> shown = new TreeMap<>();
  private final List<String> read = new ArrayList<>();
  private final User one = Users.user("one", "USDT");
  private final User two = Users.user("two", "USDT");
  private List<Bill> bills = List.of();
  private List<Bill> trading = List.of();
  private List<Bill> stated = List.of();
  private List<Withdrawal> withdrawals = List.of();
  private @Nullable Failure<?> failure;
  private final Map<String, Failure<?>> failures = new HashMap<>();
  private final LedgerPoller poller = poller();

  private LedgerPoller poller() {
    RequestLimiter limiter = new RequestLimiter(150, 512, time, this::nanos);
    return new LedgerPoller(
        new LedgerSource(new Ledgers(), user -> time.now(), Map.of(), List.of(new Shown())),
        new BackgroundRequests(limiter, time, this::nanos, List.of()),
        time,
        new Backoff(new Random(1)),
        List.of());
  }

  private long nanos() {
    return time.nanoTime() - origin;
  }

  private void identify(User user, String uid, String type) {
    poller.identified(
        user, new Success<>(new ApiKeyInfo(uid, "1", type, Set.of("read_only"), false)), false);
  }

  private void start(User... users) {
    PollLimits limits = new PollLimits(Duration.ofSeconds(15), Duration.ofSeconds(30), 150, 512);
    poller.update(List.of(users), limits);
  }

  private List<String> requestsOf(String ledger) {
    return requests.stream().filter(each -> each.contains(ledger)).toList();
  }

  @Test
  void nothing_is_read_before_the_user_id_is_known() {
    start(one);
    time.advance(Duration.ofMinutes(1));
    assertThat(requestsOf("one")).isEmpty();
  }

  @Test
  void a_main_account_is_read_every_interval_and_its_withdrawals_every_five_seconds() {
    start(one);
    identify(one, "1", "main");
    time.advance(Duration.ofSeconds(29));
    assertThat(requestsOf("fiat")).containsExactly("0.0 one fiat");
    assertThat(requestsOf("withdrawals"))
        .hasSize(6)
        .startsWith("0.0 one withdrawals", "5.0 one withdrawals");
    time.advance(Duration.ofSeconds(2));
    assertThat(requestsOf("bills of default")).hasSize(2).endsWith("30.0 one bills of default");
    assertThat(requestsOf("subaccount")).containsExactly("0.0 one subaccount");
    assertThat(requestsOf("trading")).isEmpty();
    assertThat(shown)
        .containsEntry("one funding interval", "PT30S")
        .containsEntry("one withdrawals interval", "PT5S")
        .containsEntry("one fiat interval", "PT5M");
  }

  @Test
  void a_sub_account_has_no_withdrawals() {
    start(one);
    identify(one, "2", ApiKeyInfo.SUB);
    time.advance(Duration.ofMinutes(2));
    assertThat(requests).isNotEmpty().noneMatch(each -> each.contains("withdrawals"));
    assertThat(requests).noneMatch(each -> each.contains("fiat"));
    assertThat(requestsOf("subaccount")).isEmpty();
    assertThat(requestsOf("trading"))
        .containsExactly("0.0 one trading", "60.0 one trading", "120.0 one trading");
  }

  @Test
  void keys_of_one_user_id_read_once_and_show_the_same() {
    bills = List.of(new Bill("b", START.minusSeconds(60), "BTC", BigDecimal.ONE, "1"));
    start(one, two);
    identify(one, "1", "main");
    identify(two, "1", "main");
    time.advance(Duration.ofSeconds(70));
    assertThat(requestsOf("two")).isEmpty();
    assertThat(shown)
        .containsEntry("one flows", "[deposit in at 2025-12-31T23:59:00Z]")
        .containsEntry("two flows", "[deposit in at 2025-12-31T23:59:00Z]");
  }

  @Test
  void a_pending_withdrawal_is_shown_and_makes_fiat_and_prices_current() {
    withdrawals =
        List.of(
            new Withdrawal("w", START, "BTC", BigDecimal.ONE, BigDecimal.ZERO, Stage.CANCELLABLE));
    start(one);
    identify(one, "1", "main");
    time.advance(Duration.ofMinutes(3));
    assertThat(shown)
        .containsEntry("one withdrawals", "[withdrawal at " + START + ", cancellable]");
    assertThat(requestsOf("prices")).hasSize(4);
    assertThat(requestsOf("fiat")).hasSizeGreaterThan(4);
  }

  @Test
  void prices_that_nobody_needs_are_read_every_ten_minutes() {
    start(one);
    identify(one, "1", "main");
    time.advance(Duration.ofMinutes(23));
    assertThat(requestsOf("prices")).hasSize(3);
  }

  @Test
  void a_failure_is_shown_and_retried_with_backoff() {
    failure = Failure.answered(Reason.UNAVAILABLE, "50001", "HTTP 503", Duration.ZERO);
    start(one);
    identify(one, "1", "main");
    time.advance(Duration.ofMinutes(10));
    assertThat(requestsOf("bills")).hasSizeBetween(10, 17);
    assertThat(shown)
        .containsEntry("one funding failing", "unavailable")
        .doesNotContainKey("one flows");
    failure = null;
    time.advance(Duration.ofSeconds(73));
    assertThat(shown).containsKey("one flows").doesNotContainKey("one funding failing");
  }

  @Test
  void what_demo_trading_does_not_offer_is_requested_again_hourly() {
    failure = Failure.answered(Reason.WRONG_ENVIRONMENT, "50038", "HTTP 200", Duration.ZERO);
    start(one);
    identify(one, "1", "main");
    time.advance(Duration.ofMinutes(59));
    assertThat(requestsOf("one")).hasSize(4);
    time.advance(Duration.ofMinutes(2));
    assertThat(requestsOf("one")).hasSize(8);
  }

  private static final Failure<?> NOT_A_MAIN_ACCOUNT =
      Failure.answered(Reason.AUTH, "50120", "HTTP 401", Duration.ZERO);

  @Test
  void the_trading_ledger_stands_in_for_transfers_that_are_refused_until_they_can_be_read() {
    failures.put("subaccount", NOT_A_MAIN_ACCOUNT);
    start(one);
    identify(one, "1", "main");
    time.advance(Duration.ofMinutes(59));
    assertThat(requestsOf("trading")).hasSize(59);
    assertThat(shown)
        .containsKey("one trading interval")
        .containsEntry("one subaccount failing", "auth");
    failures.clear();
    time.advance(Duration.ofMinutes(2));
    assertThat(shown)
        .containsKey("one trading stopped")
        .doesNotContainKey("one subaccount failing");
    requests.clear();
    time.advance(Duration.ofMinutes(10));
    assertThat(requestsOf("trading")).isEmpty();
    assertThat(requestsOf("subaccount")).hasSize(10);
  }

  @Test
  void nothing_stands_in_for_transfers_that_another_key_can_read() {
    failures.put("one", NOT_A_MAIN_ACCOUNT);
    start(one, two);
    identify(one, "1", "main");
    identify(two, "1", "main");
    time.advance(Duration.ofHours(2));
    assertThat(requestsOf("two subaccount")).isNotEmpty();
    assertThat(requestsOf("trading")).isEmpty();
  }

  @Test
  void recent_transfers_are_fresh_although_older_ones_cannot_be_read() {
    stated = fullPage("1");
    start(one);
    identify(one, "1", "main");
    time.advance(Duration.ofMinutes(60).minusSeconds(10));
    read.clear();
    failures.put(
        "older subaccount",
        Failure.answered(Reason.UNAVAILABLE, "50001", "HTTP 503", Duration.ZERO));
    time.advance(Duration.ofSeconds(12));
    assertThat(read).containsOnlyOnce("one subaccount");
    assertThat(shown).containsEntry("one subaccount failing", "unavailable");
    assertThat(shown.get("one flows")).contains("sub_account in");
  }

  @Test
  void nothing_stands_in_for_transfers_in_demo_trading() {
    failures.put(
        "subaccount",
        Failure.answered(Reason.WRONG_ENVIRONMENT, "50038", "HTTP 200", Duration.ZERO));
    start(one);
    identify(one, "1", "main");
    time.advance(Duration.ofHours(2));
    assertThat(requestsOf("subaccount")).hasSize(2);
    assertThat(requestsOf("trading")).isEmpty();
  }

  @Test
  void another_key_of_the_user_id_replaces_one_that_is_rejected() {
    failure = Failure.answered(Reason.AUTH, "50111", "HTTP 401", Duration.ZERO);
    start(one, two);
    identify(one, "1", "main");
    identify(two, "1", "main");
    time.advance(Duration.ofMinutes(2));
    assertThat(requestsOf("bills")).anyMatch(each -> each.contains("two"));
  }

  @Test
  void a_second_key_of_a_user_id_does_not_make_it_read_its_ledgers_again() {
    start(one, two);
    identify(one, "1", "main");
    time.advance(Duration.ofSeconds(2));
    int read = requests.size();
    identify(two, "1", "main");
    time.advance(Duration.ofSeconds(2));
    assertThat(requests).hasSize(read);
  }

  @Test
  void a_user_that_is_gone_or_blocked_is_read_no_more() {
    start(one, two);
    identify(one, "1", "main");
    identify(two, "2", "main");
    time.advance(Duration.ofSeconds(10));
    start(two);
    poller.identified(
        two, new Success<>(new ApiKeyInfo("2", "2", "main", Set.of("trade"), false)), true);
    requests.clear();
    time.advance(Duration.ofMinutes(9));
    assertThat(requestsOf("one")).isEmpty();
    assertThat(requestsOf("two")).isEmpty();
    assertThat(shown).containsKeys("one forgotten", "two forgotten");
  }

  private static List<Bill> fullPage(String type) {
    return IntStream.range(0, LedgerApi.PAGE_SIZE)
        .mapToObj(i -> new Bill("b" + i, START.minusSeconds(60L * i), "BTC", BigDecimal.ONE, type))
        .toList();
  }

  @Test
  void requests_to_one_endpoint_of_one_user_id_keep_its_limit() {
    bills = fullPage("1");
    start(one);
    identify(one, "1", "main");
    time.advance(Duration.ofSeconds(5));
    List<String> sent = requestsOf("bills");
    for (int i = 6; i < sent.size(); i++) {
      double second = Double.parseDouble(sent.get(i).split(" ", -1)[0]);
      assertThat(second - Double.parseDouble(sent.get(i - 6).split(" ", -1)[0])).isGreaterThan(1);
    }
  }

  /** Answers after a while with the scripted bills and withdrawals, or the failure. */
  private final class Ledgers implements LedgerApi {
    @Override
    public void fundingBills(
        User user,
        @Nullable String provider,
        @Nullable Instant before,
        Consumer<Outcome<List<Bill>>> done) {
      respond(user, "bills of " + (provider == null ? "default" : provider), bills, done);
    }

    @Override
    public void tradingTransfers(
        User user, @Nullable String after, Consumer<Outcome<List<Bill>>> done) {
      respond(user, "trading", trading, done);
    }

    @Override
    public void subAccountTransfers(
        User user, @Nullable Instant before, Consumer<Outcome<List<Bill>>> done) {
      respond(user, before == null ? "subaccount" : "older subaccount", stated, done);
    }

    @Override
    public void withdrawals(
        User user,
        @Nullable String id,
        @Nullable Instant before,
        Consumer<Outcome<List<Withdrawal>>> done) {
      respond(user, "withdrawals", withdrawals, done);
    }

    @Override
    public void fiatWithdrawals(User user, Consumer<Outcome<List<Withdrawal>>> done) {
      respond(user, "fiat", withdrawals, done);
    }

    @Override
    public void indexPrices(
        URI host, @Nullable HttpProxy proxy, Consumer<Outcome<Map<String, BigDecimal>>> done) {
      requests.add("prices");
      time.schedule(() -> done.accept(new Success<>(Map.of("BTC", BigDecimal.TEN))), LATENCY);
    }

    @SuppressWarnings("unchecked")
    private <T> void respond(
        User user, String what, List<T> page, Consumer<Outcome<List<T>>> done) {
      double seconds = Math.round(nanos() / 1e8) / 10.0;
      requests.add(seconds + " " + user.displayName() + " " + what);
      Failure<?> failing =
          failures.getOrDefault(user.displayName(), failures.getOrDefault(what, failure));
      Outcome<List<T>> outcome = failing == null ? new Success<>(page) : (Failure<List<T>>) failing;
      time.schedule(() -> done.accept(outcome), LATENCY);
    }
  }

  private final class Shown implements LedgerListener {
    @Override
    public void planned(User user, LedgerName ledger, Duration interval) {
      shown.put(user.displayName() + " " + ledger.label() + " interval", interval.toString());
    }

    @Override
    public void read(User user, LedgerName ledger, @Nullable Failure<?> why) {
      String key = user.displayName() + " " + ledger.label() + " failing";
      if (why == null) {
        read.add(user.displayName() + " " + ledger.label());
        shown.remove(key);
      } else {
        shown.put(key, why.reason().label());
      }
    }

    @Override
    public void requested(User user, Endpoint endpoint, Outcome<?> outcome) {
      shown.merge(user.displayName() + " " + endpoint, "1", String::concat);
    }

    @Override
    public void flows(User user, FlowSummary flows) {
      shown.put(user.displayName() + " flows", flows.flows().toString());
    }

    @Override
    public void withdrawals(User user, LedgerName ledger, List<Withdrawal> all) {
      shown.put(user.displayName() + " " + ledger.label(), all.toString());
    }

    @Override
    public void stopped(User user, LedgerName ledger) {
      shown.put(user.displayName() + " " + ledger.label() + " stopped", "");
    }

    @Override
    public void forgotten(User user) {
      shown.put(user.displayName() + " forgotten", "");
    }
  }
}
