package io.okxexporter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.okxexporter.config.Config;
import io.okxexporter.diagnosis.DiagnosisLog;
import io.okxexporter.diagnosis.DiagnosisOptions;
import io.okxexporter.ledger.LedgerLog;
import io.okxexporter.ledger.LedgerSource;
import io.okxexporter.metrics.Exposition;
import io.okxexporter.metrics.OkxCollector;
import io.okxexporter.metrics.ProcessMetrics;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.Clock;
import io.okxexporter.model.Timer;
import io.okxexporter.okx.DeadlineTransport;
import io.okxexporter.okx.LedgerClient;
import io.okxexporter.okx.OkHttpTransport;
import io.okxexporter.okx.OkxClient;
import io.okxexporter.okx.Transport;
import io.okxexporter.okx.Transport.Timeouts;
import io.okxexporter.poll.ExecutorTimer;
import io.okxexporter.poll.PollLimits;
import io.okxexporter.poll.PollLog;
import io.okxexporter.store.Store;
import io.okxexporter.store.View;
import io.okxexporter.web.ExpositionRenderer;
import io.okxexporter.web.MetricsRenderer;
import io.okxexporter.web.ScrapeRequest;
import io.okxexporter.web.WebOptions;
import io.okxexporter.web.WebProtection;
import io.okxexporter.web.WebServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and wires all components that live as long as the process. {@link Ports} abstract the
 * outside world; {@link #live} uses the real one.
 */
public final class Exporter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Exporter.class);

  /** The most threads that wait for OKX; 512 suffice for 5,000 users (docs/RATIONALE.md). */
  private static final int MAX_IN_FLIGHT = 512;

  private final BuildInfo build;
  private final boolean simulated;
  private final Transport transport;
  private final Store store;
  private final Scheduler scheduler;
  private final MetricsRenderer renderer;

  private final MeterRegistry meters;
  private List<InetSocketAddress> boundAddresses = List.of();
  private volatile Config config;
  private final Set<String> rejectedParts = ConcurrentHashMap.newKeySet();

  /** Resources to close, newest first. */
  private final Deque<AutoCloseable> closeables = new ArrayDeque<>();

  /**
   * The interfaces to the outside world.
   *
   * @param clock wall and monotonic time
   * @param timer runs all scheduling tasks, one after another
   * @param transport reaches OKX
   */
  public record Ports(Clock clock, Timer timer, Transport transport) {}

  /**
   * @param random for the jitter of the back-off
   * @param registry receives the exporter's metrics
   * @param meters receives the web server's metrics
   * @param simulated whether the values come from the simulated exchange
   */
  public Exporter(
      Config config,
      Ports ports,
      RandomGenerator random,
      PrometheusRegistry registry,
      MeterRegistry meters,
      BuildInfo build,
      boolean simulated) {
    this.config = config;
    this.meters = meters;
    this.build = build;
    this.simulated = simulated;
    transport = ports.transport();
    store = new Store(config.shard(), config.users(), config.staleAfter(), ports.clock());
    OkxCollector collector =
        new OkxCollector(store::view, build.version(), build.revision(), simulated);
    registry.register(collector);
    renderer = new ExpositionRenderer(new Exposition(registry));
    Transport bounded =
        new DeadlineTransport(transport, Timeouts.DEFAULT.call(), ports.clock(), ports.timer());
    scheduler =
        new Scheduler(
            config.assignedUsers(),
            pollLimits(config),
            ports.clock(),
            ports.timer(),
            random,
            new OkxClient(bounded, ports.clock(), store::skew, build.userAgent()),
            List.of(store, collector, new PollLog(ports.clock()), new DiagnosisLog()),
            config.diagnosis() ? new DiagnosisOptions(config.allowTradingKeys()) : null,
            config.readsLedgers() ? ledgerSource(bounded, ports.clock()) : null);
  }

  private LedgerSource ledgerSource(Transport bounded, Clock clock) {
    return new LedgerSource(
        new LedgerClient(bounded, clock, store::skew, build.userAgent()),
        user -> clock.now().minus(store.skew(user.baseUrl())),
        config.ledgers().billTypes(),
        List.of(store, new LedgerLog()));
  }

  /**
   * Creates an exporter for the real OKX; it does nothing before {@link #serve}.
   *
   * @param exporterMetrics whether to expose metrics of the process, its web server and connections
   */
  public static Exporter live(
      Config config, BuildInfo build, boolean simulated, boolean exporterMetrics) {
    PrometheusRegistry registry = new PrometheusRegistry();
    MeterRegistry meters =
        exporterMetrics ? ProcessMetrics.register(registry) : new CompositeMeterRegistry();
    ExecutorTimer timer = new ExecutorTimer("schedule");
    Clock clock = Clock.system();
    OkHttpTransport transport = new OkHttpTransport(Timeouts.DEFAULT, MAX_IN_FLIGHT, clock, meters);
    Ports ports = new Ports(clock, timer, transport);
    Exporter exporter =
        new Exporter(config, ports, new Random(), registry, meters, build, simulated);
    exporter.closeables.push(transport);
    exporter.closeables.push(timer);
    return exporter;
  }

  private static PollLimits pollLimits(Config config) {
    return new PollLimits(
        config.pollInterval(),
        config.ledgers().interval(),
        config.maxRequestsPerSecondTotal(),
        MAX_IN_FLIGHT);
  }

  /**
   * Starts the web server and begins to poll.
   *
   * @throws IOException if it cannot listen on an address; nothing stays open then
   */
  public void serve(WebOptions options) throws IOException {
    WebServer web =
        new WebServer(
            options.addresses(),
            options.telemetryPath(),
            this::scrape,
            store::view,
            () -> options.shownAfter(config.effective()),
            options.restartNotice(),
            build,
            simulated,
            meters,
            new WebProtection(
                options.settings(),
                options.hosts(),
                options.files(),
                good -> reloaded("certificates", good),
                System::nanoTime),
            options.maxRequests(),
            options.reload());
    try {
      web.start();
    } catch (IOException e) {
      close();
      throw e;
    }
    closeables.push(web);
    boundAddresses = web.addresses();
    start();
  }

  /** The addresses it listens on, with the actual ports. */
  public List<InetSocketAddress> addresses() {
    return boundAddresses;
  }

  /** Begins to poll. */
  public void start() {
    scheduler.start();
  }

  /** Trusts its authorities besides those of Java, and no others; an error changes nothing. */
  void trust(Config trusting) throws IOException {
    transport.trust(trusting.authorities());
  }

  /**
   * Applies a new configuration. Remaining users keep their values, their counters and above all
   * their budgets.
   */
  void reload(Config next) {
    scheduler.reload(
        next.assignedUsers(),
        pollLimits(next),
        () -> store.reload(next.users(), next.staleAfter()));
    config = next;
  }

  /**
   * One part of the configuration was reloaded. The metrics show whether all parts are valid.
   *
   * @param good false if it was rejected and the current one stays in use
   */
  void reloaded(String part, boolean good) {
    if (good) {
      rejectedParts.remove(part);
    } else {
      rejectedParts.add(part);
    }
    store.reloaded(rejectedParts.isEmpty());
  }

  /** The current state. */
  public View view() {
    return store.view();
  }

  /** Renders the requested metrics. */
  public void scrape(ScrapeRequest request, OutputStream out) throws IOException {
    renderer.write(request, out);
  }

  /** Stops serving and polling immediately. */
  @Override
  public void close() {
    closeables.forEach(Exporter::closeQuietly);
    closeables.clear();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      log.atWarn().addKeyValue("err", e.toString()).log("error while shutting down");
    }
  }
}
