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
 * The whole exporter and a {@link FaultyServer}, connected by real HTTP. Time is virtual and stands
 * still during a request, so waiting takes no real time.
 */
final class FaultWorld implements AutoCloseable {
  static final List<String> CCYS = List.of("USDT", "BTC");

  private static final Pattern VALUATION = Pattern.compile("okx_(total_)?asset_valuation\\{");
  private static final Duration LATENCY = Duration.ofMillis(20);
  private static final Duration STALE_AFTER = Duration.ofMinutes(10);
  private static final Duration STEP = Duration.ofSeconds(1);

  /** Long enough for any response that arrives, even on a busy machine. */
  private static final Transport.Timeouts LONG_TIMEOUTS =
      new Transport.Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30));

  /** The timeout of a response that never arrives. */
  private static final Duration SHORT_TIMEOUT = Duration.ofMillis(200);

  final VirtualTime time = new VirtualTime(World.START);
  final FaultyServer server;
  private final long begin = time.nanoTime();
  private final Set<String> unusual;
  private final boolean stalls;
  private final FaultScript script;
  private final OkHttpTransport http =
      new OkHttpTransport(LONG_TIMEOUTS, 4, Clock.system(), new SimpleMeterRegistry());
  private final Exporter exporter;
  private boolean faulty;

  /**
   * @param unusual samples allowed besides the values served, as series and value
   * @param stalls whether the fault's responses never arrive, so that a short timeout suffices
   */
  FaultWorld(
      FaultScript script, Set<String> unusual, boolean stalls, Map<String, SSLContext> certificates)
      throws IOException {
    this.script = script;
    this.unusual = unusual;
    this.stalls = stalls;
    server =
        new FaultyServer(
            script, () -> World.START.plusNanos(time.nanoTime() - begin), certificates);
    User user = new User(null, server.url(), false, CCYS, Users.KEY, 1, null, null);
    Config config =
        new Config(
            Duration.ofSeconds(15),
            STALE_AFTER,
            1000,
            script.does("clock"),
            true,
            List.of(user),
            List.of());
    exporter = Exporters.of(config, new Exporter.Ports(time, time, this::send), new Random(1));
    exporter.start();
  }

  private Transport.Cancellation send(Transport.Request request, Consumer<Transport.Reply> done) {
    CompletableFuture<Transport.Reply> reply = new CompletableFuture<>();
    http.send(stalls && faulty ? withShortTimeout(request) : request, reply::complete);
    Transport.Reply outcome = reply.join();
    boolean late = outcome instanceof Transport.Fault fault && fault.timedOut();
    time.schedule(() -> done.accept(outcome), late ? VirtualTransport.CALL_TIMEOUT : LATENCY);
    return () -> {};
  }

  private static Transport.Request withShortTimeout(Transport.Request request) {
    return new Transport.Request(
        request.baseUrl(),
        request.target(),
        request.headers(),
        request.proxy(),
        SHORT_TIMEOUT,
        request.maxBodyBytes(),
        request.trace());
  }

  void startFault() throws Exception {
    faulty = true;
    server.startFault();
    if (script.does("clock")) {
      time.stepWall(Duration.ofSeconds(Long.parseLong(script.about("clock"))));
    }
  }

  void endFault() throws Exception {
    faulty = false;
    server.endFault();
  }

  /** Checks the metrics once a second, and returns the time until they match. */
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

  /** Scrapes, and asserts that the server has served every value for that unit. */
  Metrics metrics() {
    Metrics metrics = Metrics.parse(Exporters.metrics(exporter));
    assertThat(values(metrics)).isSubsetOf(allowed());
    return metrics;
  }

  /** Every valuation shown, as series and value. */
  static Set<String> values(Metrics metrics) {
    return metrics.samples().entrySet().stream()
        .filter(sample -> VALUATION.matcher(sample.getKey()).lookingAt())
        .map(sample -> sample.getKey() + " " + sample.getValue())
        .collect(Collectors.toSet());
  }

  private Set<String> allowed() {
    Set<String> allowed = new HashSet<>(unusual);
    for (String ccy : CCYS) {
      for (double value : server.served(ccy)) {
        allowed.add("okx_total_asset_valuation{ccy=\"" + ccy + "\"} " + value);
        allowed.add("okx_asset_valuation{account=\"funding\",ccy=\"" + ccy + "\"} " + value);
      }
    }
    return allowed;
  }

  @Override
  public void close() throws IOException {
    http.close();
    server.close();
  }
}
