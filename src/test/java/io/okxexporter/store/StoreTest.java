package io.okxexporter.store;

import static io.okxexporter.fixture.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Secret;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.store.UnitView.Received;
import io.okxexporter.store.View.HostView;
import io.okxexporter.store.View.Reloads;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoreTest {
  private static final Duration STALE_AFTER = Duration.ofMinutes(5);

  private static final ApiKeyInfo KEY_INFO =
      new ApiKeyInfo("1", "1", "main", Set.of("read_only"), true);

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final User user = user("main", "USDT", "BTC");
  private final Store store = new Store(Shard.WHOLE, List.of(user), STALE_AFTER, time);

  @Test
  void before_the_first_answer_nothing_is_known_and_nobody_is_up() {
    assertThat(unit("USDT")).isEqualTo(new UnitView("USDT", null, false, null, null, null));
    assertThat(userView().up()).isFalse();
    assertThat(userView().attempted()).isFalse();
    assertThat(store.view().allAttempted()).isFalse();
  }

  @Test
  void a_success_is_shown_with_the_age_of_okx_s_own_data() {
    Instant ts = time.now().minusSeconds(3);
    Valuation valuation = valuation("USDT", ts);
    store.valued(user, "USDT", new Success<>(valuation));
    Received received = new Received(valuation, time.now(), time.nanoTime());
    time.advance(Duration.ofSeconds(10));
    assertThat(unit("USDT"))
        .isEqualTo(
            new UnitView("USDT", received, false, Duration.ofSeconds(13), received.at(), null));
    assertThat(unit("USDT").valuation()).isEqualTo(valuation);
    assertThat(unit("USDT").updatedAt()).isEqualTo(ts);
    assertThat(unit("USDT").lastSuccess()).isEqualTo(received.at());
  }

  @Test
  void an_age_is_negative_where_okx_s_clock_is_ahead() {
    succeed("USDT", time.now().plusSeconds(2));
    assertThat(unit("USDT").age()).isEqualTo(Duration.ofSeconds(-2));
  }

  @Test
  void a_failure_changes_no_value() {
    succeed("USDT", time.now());
    Instant success = time.now();
    Valuation before = unit("USDT").valuation();
    time.advance(Duration.ofSeconds(10));
    fail("USDT", Reason.UNAVAILABLE, "50001");
    assertThat(unit("USDT").valuation()).isEqualTo(before);
    assertThat(unit("USDT").lastSuccess()).isEqualTo(success);
    assertThat(unit("USDT").lastAttempt()).isEqualTo(time.now());
    assertThat(unit("USDT").failing()).extracting(Failure::reason).isEqualTo(Reason.UNAVAILABLE);
    assertThat(unit("BTC").failing()).isNull();
  }

  @Test
  void a_stale_value_is_withdrawn_and_its_timestamps_and_age_stay() {
    Instant ts = time.now();
    succeed("USDT", ts);
    time.advance(STALE_AFTER);
    assertThat(unit("USDT").valuation()).isNotNull();
    time.advance(Duration.ofMillis(1));
    assertThat(unit("USDT").valuation()).isNull();
    assertThat(unit("USDT").updatedAt()).isEqualTo(ts);
    assertThat(unit("USDT").age()).isEqualTo(STALE_AFTER.plusMillis(1));
    assertThat(unit("USDT").lastSuccess()).isEqualTo(ts);
    assertThat(unit("USDT").lastAttempt()).isEqualTo(ts);
  }

  @Test
  void a_suspended_machine_s_value_is_stale_by_the_wall_clock() {
    succeed("USDT", time.now());
    time.stepWall(Duration.ofHours(8));
    assertThat(unit("USDT").valuation()).isNull();
  }

  @Test
  void a_wall_clock_that_is_set_back_keeps_no_value_alive() {
    succeed("USDT", time.now());
    time.stepWall(Duration.ofHours(-1));
    time.advance(Duration.ofMinutes(6));
    assertThat(unit("USDT").valuation()).isNull();
  }

  @Test
  void a_user_is_up_while_every_unit_s_newest_request_succeeded_and_is_fresh() {
    succeed("USDT", time.now());
    assertThat(userView().up()).isFalse();
    succeed("BTC", time.now());
    assertThat(userView().up()).isTrue();
    fail("BTC", Reason.TIMEOUT, null);
    assertThat(userView().up()).isFalse();
    succeed("BTC", time.now());
    assertThat(userView().up()).isTrue();
    time.advance(STALE_AFTER.plusMillis(1));
    assertThat(userView().up()).isFalse();
  }

  @Test
  void a_unit_okx_does_not_accept_does_not_bring_a_user_down_unless_there_is_no_other() {
    succeed("USDT", time.now());
    fail("BTC", Reason.BAD_REQUEST, "51000");
    assertThat(userView().up()).isTrue();
    fail("USDT", Reason.BAD_REQUEST, "51000");
    assertThat(userView().up()).isFalse();
  }

  @Test
  void counts_requests_failures_by_reason_and_errors_by_known_code() {
    for (int i = 0; i < 4; i++) {
      store.sent(user, Endpoint.ASSET_VALUATION);
    }
    fail("USDT", Reason.AUTH, "50111");
    fail("USDT", Reason.UNKNOWN, "-30006");
    fail("USDT", Reason.UNKNOWN, "77777");
    fail("USDT", Reason.TIMEOUT, null);
    assertThat(counts().requests()).isEqualTo(4);
    assertThat(counts().failures())
        .containsEntry(Reason.AUTH, 1L)
        .containsEntry(Reason.UNKNOWN, 2L)
        .containsEntry(Reason.TIMEOUT, 1L)
        .containsEntry(Reason.CLOCK, 0L)
        .hasSize(Reason.values().length);
    assertThat(userView().requests().errors()).isEqualTo(Map.of("50111", 1L, "other", 2L));
  }

  @Test
  void a_view_does_not_change_with_what_comes_after_it() {
    succeed("USDT", time.now());
    View before = store.view();
    fail("USDT", Reason.AUTH, "50111");
    store.sent(user, Endpoint.ASSET_VALUATION);
    assertThat(before.users().get(0).units().get(0).failing()).isNull();
    assertThat(before.users().get(0).requests().byEndpoint().values().iterator().next().requests())
        .isZero();
  }

  @Test
  void everyone_was_attempted_once_each_user_had_an_answer_of_any_kind() {
    fail("BTC", Reason.AUTH, "50111");
    assertThat(store.view().allAttempted()).isTrue();
  }

  @Test
  void a_reload_keeps_what_is_known_of_who_and_what_stays() {
    succeed("USDT", time.now());
    store.planned(user, user.rateLimitGroup(), Duration.ofSeconds(15));
    store.identified(user, new Success<>(KEY_INFO), true);
    User changed = user("main", "EUR", "USDT");
    store.reload(List.of(changed, user("new", "BTC")), Duration.ofMinutes(1));
    UserView kept = userView();
    assertThat(kept.user()).isEqualTo(changed);
    assertThat(kept.units()).extracting(UnitView::ccy).containsExactly("EUR", "USDT");
    assertThat(unit("EUR").lastAttempt()).isNull();
    assertThat(unit("USDT").valuation()).isNotNull();
    assertThat(kept.pollInterval()).isEqualTo(Duration.ofSeconds(15));
    assertThat(kept.keyInfo()).isEqualTo(KEY_INFO);
    assertThat(kept.blocked()).isTrue();
    assertThat(store.view().users().get(1).units())
        .extracting(UnitView::ccy)
        .containsExactly("BTC");
    time.advance(Duration.ofMillis(60_001));
    assertThat(unit("USDT").valuation()).isNull();
  }

  @Test
  void a_reload_forgets_who_is_gone_and_its_host() {
    User other = elsewhere(user("other", "USDT"), user.credentials());
    store.reload(List.of(other), STALE_AFTER);
    assertThat(store.view().users()).extracting(UserView::user).containsExactly(other);
    assertThat(store.view().hosts()).extracting(HostView::host).containsExactly(other.baseUrl());
    store.valued(user, "USDT", new Success<>(valuation("USDT", time.now())));
    store.measured(user.baseUrl(), new Success<>(Duration.ofSeconds(1)));
    assertThat(store.view().users()).hasSize(1);
    assertThat(store.skew(user.baseUrl())).isZero();
  }

  @Test
  void what_is_known_of_a_key_does_not_hold_for_another_one() {
    store.identified(user, new Success<>(KEY_INFO), true);
    Credentials key =
        new Credentials(new Secret("another"), new Secret("secret"), new Secret("phrase"));
    store.reload(List.of(elsewhere(user, key)), STALE_AFTER);
    assertThat(userView().keyInfo()).isNull();
    assertThat(userView().blocked()).isFalse();
  }

  @Test
  void values_of_another_region_s_account_of_the_same_name_are_not_kept() {
    succeed("USDT", time.now());
    store.reload(List.of(elsewhere(user, user.credentials())), STALE_AFTER);
    assertThat(userView().units()).extracting(UnitView::ccy).isEqualTo(user.ccys());
    assertThat(unit("USDT").valuation()).isNull();
    assertThat(userView().up()).isFalse();
  }

  @Test
  void a_reload_that_failed_leaves_the_time_of_the_last_good_one() {
    Instant first = time.now();
    time.advance(Duration.ofSeconds(1));
    store.reloaded(false);
    assertThat(store.view().reloads()).isEqualTo(new Reloads(false, first));
    store.reloaded(true);
    assertThat(store.view().reloads()).isEqualTo(new Reloads(true, time.now()));
  }

  @Test
  void a_replica_knows_whom_it_leaves_to_others() {
    List<User> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(user("user" + i, "USDT"));
    }
    Shard shard = new Shard(0, 2);
    View view = new Store(shard, all, STALE_AFTER, time).view();
    assertThat(view.users()).extracting(UserView::user).isEqualTo(shard.assigned(all));
    assertThat(view.replica().shard()).isEqualTo(shard);
    assertThat(view.replica().others()).isNotEmpty().noneMatch(shard::isAssigned);
    assertThat(view.users().size() + view.replica().others().size()).isEqualTo(20);
  }

  private static User elsewhere(User user, Credentials key) {
    return new User(
        user.name(), URI.create("http://127.0.0.1:2"), false, user.ccys(), key, 1, null, null);
  }

  private EndpointCounts counts() {
    return Objects.requireNonNull(userView().requests().byEndpoint().get(Endpoint.ASSET_VALUATION));
  }

  private UserView userView() {
    return store.view().users().get(0);
  }

  private UnitView unit(String ccy) {
    return userView().units().stream()
        .filter(unit -> unit.ccy().equals(ccy))
        .findFirst()
        .orElseThrow();
  }

  private void succeed(String ccy, Instant ts) {
    store.valued(user, ccy, new Success<>(valuation(ccy, ts)));
  }

  private void fail(String ccy, Reason reason, @org.jspecify.annotations.Nullable String code) {
    Outcome<Valuation> failure = Failure.answered(reason, code, "", Duration.ZERO);
    store.valued(user, ccy, failure);
  }

  private static Valuation valuation(String ccy, Instant ts) {
    return new Valuation(ccy, BigDecimal.TEN, Map.of("trading", BigDecimal.ONE), ts);
  }
}
