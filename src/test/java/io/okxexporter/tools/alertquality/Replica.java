package io.okxexporter.tools.alertquality;

import io.okxexporter.fixture.Users;
import io.okxexporter.metrics.OkxCollector;
import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Clock;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.store.Store;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One process of the exporter: the real store and metrics, fed with OKX's simulated responses.
 * Between two scrapes only the last poll of each unit is simulated, since a scrape shows no other.
 */
final class Replica {
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(15);
  private static final Duration STALE_AFTER = Duration.ofMinutes(5);

  /** The exporter's clock skew against OKX, normally and during an incident. */
  private static final Duration SKEW = Duration.ofMillis(40);

  private static final Duration LARGE_SKEW = Duration.ofSeconds(9);

  /** The shard that remains of two replicas. */
  static final Shard LONE = new Shard(0, 2);

  /** The time between polls of a user's units. */
  private static final long GAP_MILLIS = 1_120;

  interface Samples {
    void add(String family, Labels labels, double value);
  }

  private final String name;
  private final int first;
  private final World world;
  private final Exchange exchange;
  private final List<User> users;
  private final VirtualClock clock;
  private final Store store;
  private final OkxCollector collector;
  private int end = Integer.MAX_VALUE;

  /**
   * @param name its listen address
   * @param first the first minute with a successful scrape; its store is empty then
   * @param shard its assigned users
   */
  Replica(String name, int first, Shard shard, World world, Exchange exchange, long start) {
    this.name = name;
    this.first = first;
    this.world = world;
    this.exchange = exchange;
    this.clock = new VirtualClock(start);
    users = world.members().stream().map(Replica::user).toList();
    store = new Store(shard, users, STALE_AFTER, clock);
    users.forEach(user -> store.planned(user, user.rateLimitGroup(), POLL_INTERVAL));
    collector = new OkxCollector(store::view, "1", "unknown", true);
  }

  static User user(Member member) {
    return Users.user(member.name(), member.ccys().toArray(String[]::new));
  }

  String name() {
    return name;
  }

  void endAt(int minute) {
    end = Math.min(end, minute);
  }

  boolean ended(int minute) {
    return minute >= end;
  }

  boolean isServing(int minute) {
    return minute >= first && !world.has(IncidentType.MISSING_SCRAPES, minute);
  }

  /** Polls everything, so that the responses are stored by that minute. */
  void poll(int minute) {
    if (minute > first) {
      clock.set(60_000L * minute);
      Duration skew = world.has(IncidentType.CLOCK_OFF, minute) ? LARGE_SKEW : SKEW;
      store.measured(users.get(0).baseUrl(), new Success<>(skew));
      store.announced(users.get(0).baseUrl(), new Success<>(exchange.maintenance(60L * minute)));
      for (int i = 0; i < users.size(); i++) {
        poll(world.members().get(i), users.get(i), minute);
      }
    }
  }

  private void poll(Member member, User user, int minute) {
    long millis = 60_000L * minute - phaseMillis(member);
    for (String ccy : member.ccys()) {
      Outcome<Valuation> outcome = exchange.valuation(member, ccy, millis / 1e3);
      clock.set(millis);
      store.sent(user, Endpoint.ASSET_VALUATION);
      store.valued(user, ccy, outcome);
      if (outcome instanceof Success<Valuation>) {
        store.identified(user, new Success<>(keyInfo(member, millis / 1_000)), false);
      }
      millis += GAP_MILLIS;
    }
  }

  /** The time from the start of a user's last round to the scrape: 4 to 14 s. */
  private long phaseMillis(Member member) {
    return 4_000L + Math.floorMod((name + member.name()).hashCode(), 10_000);
  }

  private ApiKeyInfo keyInfo(Member member, long second) {
    boolean trades =
        world.incidents().stream()
            .filter(each -> each.type() == IncidentType.TRADING_KEY && each.at(second))
            .anyMatch(each -> member.name().equals(each.user()));
    return new ApiKeyInfo(
        member.uid(),
        member.mainUid(),
        member.main() ? "main" : "sub",
        trades ? Set.of("read_only", "trade") : Set.of("read_only"),
        true);
  }

  void scrape(int minute, Samples samples) {
    clock.set(60_000L * minute);
    for (MetricSnapshot snapshot : collector.collect()) {
      add(snapshot, samples);
    }
  }

  private static void add(MetricSnapshot snapshot, Samples samples) {
    String family = snapshot.getMetadata().getPrometheusName();
    if (snapshot instanceof GaugeSnapshot gauge) {
      gauge.getDataPoints().forEach(it -> samples.add(family, it.getLabels(), it.getValue()));
    } else if (snapshot instanceof CounterSnapshot counter) {
      counter
          .getDataPoints()
          .forEach(it -> samples.add(family + "_total", it.getLabels(), it.getValue()));
    } else if (snapshot instanceof InfoSnapshot info) {
      info.getDataPoints().forEach(it -> samples.add(family + "_info", it.getLabels(), 1));
    }
  }

  /** The wall and monotonic clocks of a machine that is never suspended. */
  private static final class VirtualClock implements Clock {
    private final long start;
    private long millis;

    VirtualClock(long start) {
      this.start = start;
    }

    void set(long millis) {
      this.millis = millis;
    }

    @Override
    public long nanoTime() {
      return millis * 1_000_000;
    }

    @Override
    public Instant now() {
      return Instant.ofEpochSecond(start).plusMillis(millis);
    }
  }
}
