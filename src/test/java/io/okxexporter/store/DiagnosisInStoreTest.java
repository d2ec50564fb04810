package io.okxexporter.store;

import static io.okxexporter.fixture.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Users;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Secret;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.store.View.HostView;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The state other than valuations: hosts, keys and poll plans. */
class DiagnosisInStoreTest {
  private static final ApiKeyInfo KEY_INFO =
      new ApiKeyInfo("1", "1", "main", Set.of("read_only", "trade"), true);

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final User user = user("main", "USDT");
  private final URI host = user.baseUrl();
  private final Store store = new Store(Shard.WHOLE, List.of(user), Duration.ofMinutes(5), time);

  @Test
  void ages_are_by_okx_s_clock_once_the_skew_is_known() {
    store.valued(
        user, "USDT", new Success<>(new Valuation("USDT", BigDecimal.ONE, Map.of(), time.now())));
    assertThat(store.skew(host)).isZero();
    assertThat(age()).isZero();
    store.measured(host, new Success<>(Duration.ofSeconds(-3)));
    assertThat(store.skew(host)).isEqualTo(Duration.ofSeconds(-3));
    assertThat(age()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void a_measurement_that_failed_is_counted_and_changes_nothing() {
    store.sent(Endpoint.PUBLIC_TIME);
    store.measured(host, new Success<>(Duration.ofSeconds(1)));
    store.measured(host, failure());
    assertThat(hostView().skew()).isEqualTo(Duration.ofSeconds(1));
    assertThat(store.view().keyless().byEndpoint())
        .isEqualTo(
            Map.of(
                Endpoint.PUBLIC_TIME, new EndpointCounts(1, Map.of(Reason.TIMEOUT, 1L), Map.of())));
  }

  @Test
  void the_newest_failure_of_a_key_request_stays_until_a_success_or_another_key() {
    store.identified(user, failure(), false);
    assertThat(keyFailure()).isEqualTo(failure());
    store.identified(user, new Success<>(KEY_INFO), false);
    assertThat(keyFailure()).isNull();
    store.identified(user, failure(), false);
    store.reload(List.of(user), Duration.ofMinutes(5));
    assertThat(keyFailure()).isEqualTo(failure());
    store.reload(List.of(keyed("another")), Duration.ofMinutes(5));
    assertThat(keyFailure()).isNull();
  }

  private @Nullable Failure<?> keyFailure() {
    return userView().keyFailure();
  }

  @Test
  void an_announcement_that_could_not_be_asked_for_leaves_the_last_one() {
    Maintenance maintenance = new Maintenance("scheduled", false, time.now(), time.now());
    store.sent(Endpoint.SYSTEM_STATUS);
    store.announced(host, new Success<>(List.of(maintenance)));
    store.announced(host, failure());
    assertThat(hostView().maintenance()).containsExactly(maintenance);
    assertThat(store.view().keyless().byEndpoint())
        .isEqualTo(
            Map.of(
                Endpoint.SYSTEM_STATUS,
                new EndpointCounts(1, Map.of(Reason.TIMEOUT, 1L), Map.of())));
  }

  @Test
  void what_a_host_said_can_be_forgotten() {
    store.measured(host, new Success<>(Duration.ofSeconds(1)));
    store.announced(
        host, new Success<>(List.of(new Maintenance("ongoing", true, time.now(), time.now()))));
    store.forgotten(host, Endpoint.ASSET_VALUATION);
    assertThat(hostView().skew()).isNotNull();
    assertThat(hostView().maintenance()).isNotEmpty();
    store.forgotten(host, Endpoint.PUBLIC_TIME);
    assertThat(hostView().skew()).isNull();
    assertThat(hostView().maintenance()).isNotEmpty();
    store.forgotten(host, Endpoint.SYSTEM_STATUS);
    assertThat(hostView().maintenance()).isEmpty();
  }

  @Test
  void the_clock_is_off_by_more_than_five_seconds_in_either_direction() {
    assertThat(hostView().clockIsOff()).isFalse();
    store.measured(host, new Success<>(Duration.ofSeconds(5)));
    assertThat(hostView().clockIsOff()).isFalse();
    store.measured(host, new Success<>(Duration.ofMillis(5001)));
    assertThat(hostView().clockIsOff()).isTrue();
    store.measured(host, new Success<>(Duration.ofMillis(-5001)));
    assertThat(hostView().clockIsOff()).isTrue();
  }

  @Test
  void a_key_is_known_until_a_failure_and_after_it() {
    store.identified(user, new Success<>(KEY_INFO), false);
    store.identified(user, failure(), true);
    assertThat(userView().keyInfo()).isEqualTo(KEY_INFO);
    assertThat(userView().blocked()).isFalse();
    assertThat(userView().attempted()).isFalse();
    assertThat(Objects.requireNonNull(counts(Endpoint.ACCOUNT_CONFIG)).failures())
        .isEqualTo(Map.of(Reason.TIMEOUT, 1L));
  }

  @Test
  void a_refused_user_is_not_up_and_not_waited_for() {
    store.valued(
        user, "USDT", new Success<>(new Valuation("USDT", BigDecimal.ONE, Map.of(), null)));
    assertThat(userView().up()).isTrue();
    Store fresh = new Store(Shard.WHOLE, List.of(user), Duration.ofMinutes(5), time);
    for (Store it : List.of(store, fresh)) {
      it.identified(user, new Success<>(KEY_INFO), true);
      assertThat(it.view().users().get(0).up()).isFalse();
      assertThat(it.view().users().get(0).attempted()).isTrue();
    }
  }

  @Test
  void the_plan_of_a_user_is_shown() {
    store.planned(user, user.rateLimitGroup(), Duration.ofSeconds(15));
    store.next(user, Duration.ofSeconds(2));
    assertThat(userView().pollInterval()).isEqualTo(Duration.ofSeconds(15));
    assertThat(userView().nextRequest()).isEqualTo(time.now().plusSeconds(2));
    store.next(user, null);
    assertThat(userView().nextRequest()).isNull();
  }

  @Test
  void errors_add_up_over_endpoints() {
    store.identified(user, Failure.answered(Reason.AUTH, "50111", "", Duration.ZERO), false);
    store.valued(user, "USDT", Failure.answered(Reason.AUTH, "50111", "", Duration.ZERO));
    assertThat(userView().requests().errors()).isEqualTo(Map.of("50111", 2L));
  }

  @Test
  void what_was_asked_of_a_host_counts_when_nobody_has_it_any_more() {
    store.sent(Endpoint.PUBLIC_TIME);
    store.measured(host, failure());
    store.reload(List.of(), Duration.ofMinutes(5));
    assertThat(store.view().hosts()).isEmpty();
    assertThat(store.view().keyless().byEndpoint())
        .isEqualTo(
            Map.of(
                Endpoint.PUBLIC_TIME, new EndpointCounts(1, Map.of(Reason.TIMEOUT, 1L), Map.of())));
  }

  @Test
  void a_key_of_another_user_id_has_none_of_the_values_of_the_one_before() {
    store.identified(user, new Success<>(KEY_INFO), false);
    store.valued(
        user, "USDT", new Success<>(new Valuation("USDT", BigDecimal.ONE, Map.of(), null)));
    User rotated = keyed("another key");
    store.reload(List.of(rotated), Duration.ofMinutes(5));
    store.identified(rotated, new Success<>(KEY_INFO), false);
    assertThat(userView().units().get(0).valuation()).isNotNull();
    User other = keyed("another's key");
    store.reload(List.of(other), Duration.ofMinutes(5));
    store.identified(
        other, new Success<>(new ApiKeyInfo("2", "2", "main", Set.of("read_only"), true)), false);
    assertThat(userView().units().get(0).valuation()).isNull();
  }

  private User keyed(String key) {
    return Users.keyed(
        new Credentials(new Secret(key), new Secret("secret"), new Secret("phrase")), user);
  }

  private Duration age() {
    return Objects.requireNonNull(userView().units().get(0).age());
  }

  private @Nullable EndpointCounts counts(Endpoint endpoint) {
    return userView().requests().byEndpoint().get(endpoint);
  }

  private UserView userView() {
    return store.view().users().get(0);
  }

  private HostView hostView() {
    return store.view().hosts().get(0);
  }

  private static <T> Outcome<T> failure() {
    return Failure.answered(Reason.TIMEOUT, null, "", Duration.ZERO);
  }
}
