package io.okxexporter.metrics;

import static io.okxexporter.fixture.Users.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import io.okxexporter.store.Store;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples of the diagnosis, replicas and reloads. */
class DiagnosisMetricsTest {
  private static final Instant START = Instant.ofEpochSecond(1000);

  private final VirtualTime time = new VirtualTime(START);
  private final User user = user("main", "USDT");
  private final Store store = new Store(Shard.WHOLE, List.of(user), Duration.ofMinutes(5), time);

  @Test
  void what_a_key_is_and_may_do() throws IOException {
    assertThat(samples(store, "okx_api_key")).isEmpty();
    identified(Set.of("trade", "read_only"));
    assertThat(samples(store, "okx_api_key"))
        .containsExactly(
            "okx_api_key_info{account_type=\"sub\",ip_bound=\"true\",main_uid=\"7\","
                + "permissions=\"read_only,trade\",uid=\"8\",user=\"main\"} 1",
            "okx_api_key_read_only{user=\"main\"} 0.0");
    identified(Set.of("read_only"));
    assertThat(samples(store, "okx_api_key_read_only"))
        .containsExactly("okx_api_key_read_only{user=\"main\"} 1.0");
  }

  @ParameterizedTest
  @CsvSource({
    "https://openapi.okx.com, false, global",
    "https://eea.okx.com, true, eea",
    "https://us.okx.com, false, us",
    "https://www.okx.com, false, www.okx.com",
    "http://127.0.0.1:8080, true, 127.0.0.1",
    "http://[::1]:8080, true, [::1]",
  })
  void where_each_user_is_configured(URI url, boolean demo, String region) throws IOException {
    Credentials key = user.credentials();
    List<User> users =
        Stream.of(null, "main")
            .map(name -> new User(name, url, demo, List.of("USDT"), key, 1, null, null))
            .toList();
    Store configured = new Store(Shard.WHOLE, users, Duration.ofMinutes(5), time);
    String labels = "demo=\"%s\",region=\"%s\"".formatted(demo, region);
    assertThat(samples(configured, "okx_user_info"))
        .containsExactly(
            "okx_user_info{" + labels + "} 1", "okx_user_info{" + labels + ",user=\"main\"} 1");
  }

  @Test
  void the_clock_and_the_maintenance_of_a_host() throws IOException {
    assertThat(samples(store, "okx_clock")).isEmpty();
    store.measured(user.baseUrl(), new Success<>(Duration.ofMillis(-1500)));
    store.announced(
        user.baseUrl(),
        new Success<>(
            List.of(
                new Maintenance("scheduled", false, START.plusSeconds(20), START.plusSeconds(30)),
                new Maintenance("scheduled", false, START.plusSeconds(10), START.plusSeconds(40)),
                new Maintenance("ongoing", true, START, START.plusSeconds(5)))));
    assertThat(samples(store, "okx_clock"))
        .containsExactly("okx_clock_skew_seconds{host=\"127.0.0.1:1\"} -1.5");
    assertThat(samples(store, "okx_maintenance"))
        .containsExactly(
            "okx_maintenance{host=\"127.0.0.1:1\",mode=\"demo\",state=\"ongoing\"} 1.0",
            "okx_maintenance{host=\"127.0.0.1:1\",mode=\"live\",state=\"scheduled\"} 1.0",
            begin("demo", "ongoing", "1000.0"),
            begin("live", "scheduled", "1010.0"),
            end("demo", "ongoing", "1005.0"),
            end("live", "scheduled", "1040.0"));
  }

  @Test
  void requests_without_a_key_and_their_errors_have_no_user() throws IOException {
    store.sent(Endpoint.PUBLIC_TIME);
    store.measured(
        user.baseUrl(), Failure.answered(Reason.UNAVAILABLE, "50001", "", Duration.ZERO));
    assertThat(samples(store, "okx_api_requests_total{endpoint=\"/api/v5/public/time\""))
        .containsExactly("okx_api_requests_total{endpoint=\"/api/v5/public/time\"} 1.0");
    assertThat(samples(store, "okx_api_request_failures_total{endpoint=\"/api/v5/public/time\""))
        .containsExactly(
            "okx_api_request_failures_total{endpoint=\"/api/v5/public/time\","
                + "reason=\"unavailable\"} 1.0");
    assertThat(samples(store, "okx_api_errors_total"))
        .containsExactly("okx_api_errors_total{code=\"50001\"} 1.0");
  }

  @Test
  void who_is_held_and_who_is_not() throws IOException {
    List<User> users =
        Stream.of("a", "b", "c", "d", "e", "f", "g").map(name -> user(name, "USDT")).toList();
    Shard shard = new Shard(0, 2);
    Store half = new Store(shard, users, Duration.ofMinutes(5), time);
    assertThat(samples(half, "okx_exporter_user_held"))
        .containsExactlyInAnyOrderElementsOf(
            users.stream()
                .map(
                    it ->
                        "okx_exporter_user_held{user=\"%s\"} %s"
                            .formatted(it.name(), shard.isAssigned(it) ? "1.0" : "0.0"))
                .toList())
        .anyMatch(it -> it.endsWith("1.0"))
        .anyMatch(it -> it.endsWith("0.0"));
    assertThat(samples(half, "okx_exporter_users_held"))
        .containsExactly("okx_exporter_users_held " + (double) shard.assigned(users).size());
  }

  @Test
  void how_the_configuration_was_last_read() throws IOException {
    time.advance(Duration.ofSeconds(5));
    store.reloaded(false);
    assertThat(samples(store, "okx_exporter_config"))
        .containsExactly(
            "okx_exporter_config_last_reload_success_timestamp_seconds 1000.0",
            "okx_exporter_config_last_reload_successful 0.0");
    store.reloaded(true);
    assertThat(samples(store, "okx_exporter_config"))
        .containsExactly(
            "okx_exporter_config_last_reload_success_timestamp_seconds 1005.0",
            "okx_exporter_config_last_reload_successful 1.0");
  }

  @Test
  void an_info_is_a_gauge_for_who_scrapes() {
    assertThat(MetricFamily.OKX_API_KEY_INFO.exposedType()).isEqualTo("gauge");
    assertThat(MetricFamily.OKX_UP.exposedType()).isEqualTo("gauge");
    assertThat(MetricFamily.OKX_API_ERRORS_TOTAL.exposedType()).isEqualTo("counter");
  }

  private void identified(Set<String> permissions) {
    ApiKeyInfo keyInfo = new ApiKeyInfo("8", "7", "sub", permissions, true);
    store.identified(user, new Success<>(keyInfo), false);
  }

  private static String begin(String mode, String state, String value) {
    return maintenance("begin", mode, state, value);
  }

  private static String end(String mode, String state, String value) {
    return maintenance("end", mode, state, value);
  }

  private static String maintenance(String boundary, String mode, String state, String value) {
    return "okx_maintenance_%s_timestamp_seconds{host=\"127.0.0.1:1\",mode=\"%s\",state=\"%s\"} %s"
        .formatted(boundary, mode, state, value);
  }

  /** The sample lines with this prefix. */
  private static List<String> samples(Store store, String prefix) throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(new OkxCollector(store::view, "1.2.3", "abcdef0", true));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Exposition(registry).writeText(out, EscapingScheme.DEFAULT, name -> true);
    return out.toString(UTF_8).lines().filter(line -> line.startsWith(prefix)).toList();
  }
}
