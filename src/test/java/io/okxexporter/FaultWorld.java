package io.okxexporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.config.Config;
import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.Metrics;
import io.okxexporter.fixture.Users;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.fixture.VirtualTransport;
import io.okxexporter.fixture.World;
import io.okxexporter.model.Clock;
import io.okxexporter.model.User;
import io.okxexporter.okx.OkHttpTransport;
import io.okxexporter.okx.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * The whole exporter and a {@link FaultyServer}, real HTTP between them. Time is virtual: it stands
 * still while a request is under way, so that waiting costs nothing.
 */
final class FaultWorld implements AutoCloseable {
  static final List<String> CCYS = List.of("USDT", "BTC");

  private static final Pattern VALUATION = Pattern.compile("okx_(total_)?asset_valuation\\{");
  private static final Duration LATENCY = Duration.ofMillis(20);
  private static final Duration STALE_AFTER = Duration.ofMinutes(10);
  private static final Duration STEP = Duration.ofSeconds(1);

  /** Long enough for any answer that comes, even on a machine that is busy. */
  private static final Transport.Timeouts PATIENT =
      new Transport.Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30));

  /** For what does not come. */
  private static final Duration IMPATIENT = Duration.ofMillis(200);

  final VirtualTime time = new VirtualTime(World.START);
  final FaultyServer server;
  private final long begin = time.nanoTime();
  private final Set<String> odd;
  private final boolean stalls;
  private final Provocation provocation;
  private final OkHttpTransport http =
      new OkHttpTransport(PATIENT, 4, Clock.system(), new SimpleMeterRegistry());
  private final Exporter exporter;
  private boolean faulty;

  /**
   * @param odd values that it may show beside those of good times, as series and value
   * @param stalls whether the answers of the provocation are not worth waiting for
   */
  FaultWorld(
      Provocation provocation,
      Set<String> odd,
      boolean stalls,
      Map<String, SSLContext> certificates)
      throws IOException {
    this.provocation = provocation;
    this.odd = odd;
    this.stalls = stalls;
    server =
        new FaultyServer(
            provocation, () -> World.START.plusNanos(time.nanoTime() - begin), certificates);
    User user = new User(null, server.url(), false, CCYS, Users.KEY, 1, null, null);
    Config config =
        new Config(
            Duration.ofSeconds(15),
            STALE_AFTER,
            1000,
            provocation.does("clock"),
            true,
            List.of(user),
            List.of());
    exporter = Exporters.of(config, new Exporter.Ports(time, time, this::send), new Random(1));
    exporter.start();
  }

  private Transport.Cancellation send(Transport.Request request, Consumer<Transport.Reply> done) {
    CompletableFuture<Transport.Reply> reply = new CompletableFuture<>();
    http.send(stalls && faulty ? impatient(request) : request, reply::complete);
    Transport.Reply came = reply.join();
    boolean late = came instanceof Transport.Fault fault && fault.timedOut();
    time.schedule(() -> done.accept(came), late ? VirtualTransport.CALL_TIMEOUT : LATENCY);
    return () -> {};
  }

  private static Transport.Request impatient(Transport.Request request) {
    return new Transport.Request(
        request.baseUrl(),
        request.target(),
        request.headers(),
        request.proxyUrl(),
        IMPATIENT,
        request.trace());
  }

  void provoke() throws Exception {
    faulty = true;
    server.provoke();
    if (provocation.does("clock")) {
      time.stepWall(Duration.ofSeconds(Long.parseLong(provocation.about("clock"))));
    }
  }

  void heal() throws Exception {
    faulty = false;
    server.heal();
  }

  /** How long it takes until the metrics are like that; looks at them once a second. */
  Duration await(Predicate<Metrics> wanted, Duration limit) {
    Duration waited = Duration.ZERO;
    while (!wanted.test(metrics())) {
      if (waited.compareTo(limit) >= 0) {
        throw new AssertionError("not within " + limit + ":\n" + metrics().text());
      }
      time.advance(STEP);
      waited = waited.plus(STEP);
    }
    return waited;
  }

  /** A scrape, every value of which the server has given for that very unit. */
  Metrics metrics() {
    Metrics metrics = Metrics.parse(Exporters.metrics(exporter));
    assertThat(values(metrics)).isSubsetOf(legitimate());
    return metrics;
  }

  /** Every valuation shown, as series and value. */
  static Set<String> values(Metrics metrics) {
    return metrics.samples().entrySet().stream()
        .filter(sample -> VALUATION.matcher(sample.getKey()).lookingAt())
        .map(sample -> sample.getKey() + " " + sample.getValue())
        .collect(Collectors.toSet());
  }

  private Set<String> legitimate() {
    Set<String> legitimate = new HashSet<>(odd);
    for (String ccy : CCYS) {
      for (double value : server.given(ccy)) {
        legitimate.add("okx_total_asset_valuation{ccy=\"" + ccy + "\"} " + value);
        legitimate.add("okx_asset_valuation{account=\"funding\",ccy=\"" + ccy + "\"} " + value);
      }
    }
    return legitimate;
  }

  @Override
  public void close() throws IOException {
    http.close();
    server.close();
  }
}
