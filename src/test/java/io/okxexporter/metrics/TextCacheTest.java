package io.okxexporter.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.okxexporter.fixture.Users;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.store.Store;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The cache must not affect the text: each scrape equals one written without a cache. */
class TextCacheTest {
  private static final Duration STALE_AFTER = Duration.ofSeconds(30);

  /** More than nine, so that their order by label differs from that of the configuration. */
  private static final List<String> NAMES =
      IntStream.rangeClosed(1, 12).mapToObj(n -> "us\\er\"" + n).toList();

  private static final List<Reason> REASONS = List.of(Reason.values());

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final Store store = new Store(Shard.WHOLE, List.of(), STALE_AFTER, time);
  private final OkxCollector collector = collector();
  private final Exposition exposition = exposition(collector);

  @Property(tries = 20)
  void every_scrape_of_a_history_is_as_if_there_had_been_none(@ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    List<User> users = users(random);
    store.reload(users, STALE_AFTER);
    for (int step = 0; step < 30; step++) {
      users = random.nextInt(10) == 0 ? users(random) : users;
      store.reload(users, STALE_AFTER);
      for (int i = random.nextInt(6); i > 0; i--) {
        applyRandomEvent(random, users.get(random.nextInt(users.size())));
      }
      time.advance(Duration.ofMillis(random.nextInt(20_000)));
      EscapingScheme escaping =
          random.nextInt(8) == 0
              ? EscapingScheme.DOTS_ESCAPING
              : EscapingScheme.UNDERSCORE_ESCAPING;
      assertSameAsUncached(escaping, random.nextBoolean());
    }
  }

  @Test
  void a_family_that_was_not_asked_for_is_kept_for_those_who_do() throws IOException {
    User user = Users.user("a", "USDT");
    store.reload(List.of(user), STALE_AFTER);
    assertSameAsUncached(EscapingScheme.UNDERSCORE_ESCAPING, false);
    time.advance(Duration.ofSeconds(1));
    store.valued(user, "USDT", new Success<>(valuation(new Random(1), "USDT")));
    ByteArrayOutputStream selected = new ByteArrayOutputStream();
    exposition.writeText(selected, EscapingScheme.UNDERSCORE_ESCAPING, "okx_up"::equals);
    assertThat(selected.toString(UTF_8))
        .isEqualTo(
            "# HELP okx_up "
                + MetricFamily.OKX_UP.help()
                + "\n# TYPE okx_up gauge\nokx_up{user=\"a\"} 1.0\n");
    assertSameAsUncached(EscapingScheme.UNDERSCORE_ESCAPING, false);
  }

  @Test
  void a_scrape_that_failed_half_way_leaves_nothing_behind() throws IOException {
    User user = Users.user("a", "USDT");
    store.reload(List.of(user), STALE_AFTER);
    boolean[] failing = {false};
    OkxCollector fragile =
        new OkxCollector(
            () -> {
              if (failing[0]) {
                throw new IllegalStateException("a bug");
              }
              return store.view();
            },
            "1",
            "1",
            true);
    Exposition text = exposition(fragile);
    String before = text(text, EscapingScheme.UNDERSCORE_ESCAPING, false);
    failing[0] = true;
    assertThat(catchThrowable(fragile::collect)).isNotNull();
    failing[0] = false;
    assertThat(text(text, EscapingScheme.UNDERSCORE_ESCAPING, false)).isEqualTo(before);
  }

  private static List<User> users(Random random) {
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    return names.subList(0, 1 + random.nextInt(NAMES.size())).stream()
        .map(
            name ->
                random.nextBoolean() ? Users.user(name, "USDT", "BTC") : Users.user(name, "BTC"))
        .toList();
  }

  private void applyRandomEvent(Random random, User user) {
    String ccy = user.ccys().get(random.nextInt(user.ccys().size()));
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        store.sent(user, Endpoint.ASSET_VALUATION);
        store.valued(user, ccy, new Success<>(valuation(random, ccy)));
      }
      case 2 -> {
        Reason reason = REASONS.get(random.nextInt(REASONS.size()));
        String code = random.nextBoolean() ? "50011" : "made up";
        store.valued(user, ccy, Failure.answered(reason, code, "", Duration.ZERO));
      }
      case 3 -> store.identified(user, new Success<>(keyInfo(random)), random.nextBoolean());
      case 4 -> store.planned(user, user.rateLimitGroup(), Duration.ofSeconds(random.nextInt(3)));
      default ->
          store.measured(user.baseUrl(), new Success<>(Duration.ofMillis(random.nextInt(9))));
    }
  }

  private Valuation valuation(Random random, String ccy) {
    Map<String, BigDecimal> accounts = new HashMap<>();
    for (String account : List.of("funding", "trading", "earn", "new " + random.nextInt(5))) {
      if (random.nextInt(4) > 0) {
        accounts.put(account, BigDecimal.valueOf(random.nextInt(4) - 1));
      }
    }
    Instant ts = random.nextInt(5) == 0 ? null : time.now().minusMillis(random.nextInt(3));
    return new Valuation(ccy, BigDecimal.valueOf(random.nextInt(3)), accounts, ts);
  }

  private static ApiKeyInfo keyInfo(Random random) {
    return new ApiKeyInfo("1", "1", "main", Set.of("read_only"), random.nextBoolean());
  }

  private void assertSameAsUncached(EscapingScheme escaping, boolean openMetrics)
      throws IOException {
    assertThat(text(exposition, escaping, openMetrics))
        .isEqualTo(text(exposition(collector()), escaping, openMetrics))
        .isEqualTo(byTheLibrary(escaping, openMetrics));
  }

  private String byTheLibrary(EscapingScheme escaping, boolean openMetrics) throws IOException {
    ExpositionFormatWriter writer =
        openMetrics
            ? OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(false).build()
            : PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();
    MetricSnapshots all = collector().collect();
    ByteArrayOutputStream ours = new ByteArrayOutputStream();
    ByteArrayOutputStream others = new ByteArrayOutputStream();
    writer.write(
        ours,
        new MetricSnapshots(all.stream().filter(it -> !(it instanceof HistogramSnapshot)).toList()),
        escaping);
    writer.write(
        others,
        new MetricSnapshots(all.stream().filter(it -> it instanceof HistogramSnapshot).toList()),
        escaping);
    return ours.toString(UTF_8).replace("# EOF\n", "") + others.toString(UTF_8);
  }

  private OkxCollector collector() {
    return new OkxCollector(store::view, "1", "1", true);
  }

  private static Exposition exposition(OkxCollector collector) {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(collector);
    return new Exposition(registry);
  }

  private static String text(Exposition exposition, EscapingScheme escaping, boolean openMetrics)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (openMetrics) {
      exposition.writeOpenMetrics(out, escaping, name -> true);
    } else {
      exposition.writeText(out, escaping, name -> true);
    }
    return out.toString(UTF_8);
  }
}
