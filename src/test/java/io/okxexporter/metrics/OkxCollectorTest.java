package io.okxexporter.metrics;

import static io.okxexporter.fixture.Users.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.store.Store;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares whole scrapes of typical situations with golden files. */
class OkxCollectorTest {
  private static final Duration STALE_AFTER = Duration.ofMinutes(5);

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));

  @Test
  void the_plainest_set_up_has_no_user_label() throws IOException {
    User user = user(null, "USDT");
    Store store = new Store(Shard.WHOLE, List.of(user), STALE_AFTER, time);
    OkxCollector collector = collector(store);
    store.planned(user, user.rateLimitGroup(), Duration.ofSeconds(15));
    store.sent(user, Endpoint.ASSET_VALUATION);
    store.valued(user, "USDT", new Success<>(documented()));
    collector.took(Endpoint.ASSET_VALUATION, Duration.ofMillis(120));
    time.advance(Duration.ofMillis(1500));
    assertThat(text(collector)).isEqualTo(golden("one-user.txt"));
    assertThat(openMetrics(collector)).isEqualTo(golden("one-user-openmetrics.txt"));
  }

  @Test
  void users_are_told_apart_and_each_failure_shows() throws IOException {
    User fresh = user("fresh", "USDT", "BTC");
    User failing = user("failing", "USDT");
    User stale = user("sta\"le\\", "USDT");
    Store store = new Store(Shard.WHOLE, List.of(fresh, failing, stale), STALE_AFTER, time);
    OkxCollector collector = collector(store);
    for (User user : List.of(fresh, failing, stale)) {
      store.planned(user, user.rateLimitGroup(), Duration.ofSeconds(15));
    }
    store.valued(stale, "USDT", new Success<>(documented()));
    store.valued(failing, "USDT", new Success<>(documented()));
    time.advance(STALE_AFTER.plusSeconds(1));
    store.sent(failing, Endpoint.ASSET_VALUATION);
    store.valued(
        failing,
        "USDT",
        Failure.answered(Reason.IP_NOT_ALLOWED, "50110", "from 203.0.113.9", Duration.ZERO));
    assertThat(text(collector)).isEqualTo(golden("three-users.txt"));
  }

  @Test
  void a_true_zero_and_a_negative_value_are_shown() throws IOException {
    User user = user(null, "BTC");
    Store store = new Store(Shard.WHOLE, List.of(user), STALE_AFTER, time);
    store.valued(
        user,
        "BTC",
        new Success<>(
            new Valuation(
                "BTC", BigDecimal.ZERO, Map.of("funding", new BigDecimal("-0.00000001")), null)));
    assertThat(text(collector(store)))
        .contains("okx_total_asset_valuation{ccy=\"BTC\"} 0.0\n")
        .contains("okx_asset_valuation{account=\"funding\",ccy=\"BTC\"} -1.0E-8\n")
        .doesNotContain("okx_asset_valuation_timestamp_seconds{")
        .doesNotContain("okx_asset_valuation_age_seconds{");
  }

  @Test
  void the_families_are_described_to_the_registry_as_the_contract_has_them() {
    OkxCollector collector = collector(new Store(Shard.WHOLE, List.of(), STALE_AFTER, time));
    assertThat(
            collector.getMetricFamilyDescriptors().stream()
                .collect(
                    Collectors.toMap(
                        descriptor -> descriptor.getPrometheusName(),
                        descriptor -> List.copyOf(descriptor.getLabelNames()))))
        .hasSize(MetricFamily.values().length);
    assertThat(Arrays.stream(MetricFamily.values()).map(MetricFamily::exposedName))
        .allMatch(name -> name.matches("okx_[a-z_]+"));
  }

  private static Valuation documented() {
    return new Valuation(
        "USDT",
        new BigDecimal("3790.09"),
        Map.of(
            "classic", new BigDecimal("124.6"),
            "earn", new BigDecimal("1122.73"),
            "funding", new BigDecimal("0.09"),
            "trading", new BigDecimal("2544.28")),
        Instant.parse("2025-12-31T23:59:58.769Z"));
  }

  private static OkxCollector collector(Store store) {
    return new OkxCollector(store::view, "1.2.3", "abcdef0", false);
  }

  private static String text(OkxCollector collector) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    exposition(collector).writeText(out, EscapingScheme.DEFAULT, name -> true);
    return stable(out.toString(UTF_8));
  }

  private static String openMetrics(OkxCollector collector) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    exposition(collector).writeOpenMetrics(out, EscapingScheme.DEFAULT, name -> true);
    return stable(out.toString(UTF_8));
  }

  private static Exposition exposition(OkxCollector collector) {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(collector);
    return new Exposition(registry);
  }

  private static String stable(String text) {
    return text.replace(Runtime.version().toString(), "JAVA");
  }

  private static String golden(String name) throws IOException {
    try (InputStream file = OkxCollectorTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
    }
  }
}
