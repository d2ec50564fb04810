package io.okxexporter;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.okxexporter.config.Config;
import io.okxexporter.diagnosis.DiagnosisLog;
import io.okxexporter.diagnosis.DiagnosisOptions;
import io.okxexporter.metrics.Exposition;
import io.okxexporter.metrics.OkxCollector;
import io.okxexporter.metrics.ThrottledCollector;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.Timer;
import io.okxexporter.okx.DeadlineTransport;
import io.okxexporter.okx.OkHttpTransport;
import io.okxexporter.okx.OkxClient;
import io.okxexporter.okx.Transport;
import io.okxexporter.okx.Transport.Timeouts;
import io.okxexporter.poll.ExecutorTimer;
import io.okxexporter.poll.PollLimits;
import io.okxexporter.poll.PollLog;
import io.okxexporter.store.Store;
import io.okxexporter.store.View;
import io.okxexporter.web.NameEscaping;
import io.okxexporter.web.ScrapeRequest;
import io.okxexporter.web.WebOptions;
import io.okxexporter.web.WebProtection;
import io.okxexporter.web.WebServer;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
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
 * Everything that lives as long as the process, made and wired here alone. The outside world comes
 * in through {@link Ports}; {@link #live} brings the real one.
 */
public final class Exporter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Exporter.class);

  /** Threads that wait for OKX, at most; 512 carry 5,000 users (docs/RATIONALE.md). */
  private static final int MAX_IN_FLIGHT = 512;

  private final BuildInfo build;
  private final boolean simulated;
  private final Store store;
  private final Scheduler scheduler;
  private final Exposition exposition;

  private final MeterRegistry meters;
  private List<InetSocketAddress> bound = List.of();
  private volatile Config config;
  private final Set<String> refusedParts = ConcurrentHashMap.newKeySet();

  /** What is to be closed, the newest first. */
  private final Deque<AutoCloseable> closeables = new ArrayDeque<>();

  /**
   * The outside world.
   *
   * @param clock both times
   * @param timer runs every decision, one after another
   * @param transport reaches OKX
   */
  public record Ports(io.okxexporter.model.Clock clock, Timer timer, Transport transport) {}

  /**
   * @param random jitter of the back-off
   * @param registry where every metric goes
   * @param meters where the web server's own metrics go
   * @param simulated whether the numbers are play money
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
    store = new Store(config.shard(), config.users(), config.staleAfter(), ports.clock());
    OkxCollector collector =
        new OkxCollector(store::view, build.version(), build.revision(), simulated);
    registry.register(collector);
    exposition = new Exposition(registry);
    OkxClient okx =
        new OkxClient(
            new DeadlineTransport(
                ports.transport(), Timeouts.DEFAULT.call(), ports.clock(), ports.timer()),
            ports.clock(),
            store::skew,
            "okx-exporter/" + build.version());
    scheduler =
        new Scheduler(
            config.assignedUsers(),
            pollLimits(config),
            ports.clock(),
            ports.timer(),
            random,
            okx,
            List.of(store, collector, new PollLog(), new DiagnosisLog()),
            config.diagnosis() ? new DiagnosisOptions(config.allowTradingKeys()) : null);
  }

  /** An exporter in the real world; it does nothing before {@link #serve}. */
  public static Exporter live(Config config, BuildInfo build, boolean simulated) {
    PrometheusRegistry registry = new PrometheusRegistry();
    PrometheusRegistry java = new PrometheusRegistry();
    JvmMetrics.builder().register(java);
    registry.register(new ThrottledCollector(java, System::nanoTime));
    PrometheusMeterRegistry meters =
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
    ExecutorTimer timer = new ExecutorTimer("schedule");
    io.okxexporter.model.Clock clock = io.okxexporter.model.Clock.system();
    OkHttpTransport transport = new OkHttpTransport(Timeouts.DEFAULT, MAX_IN_FLIGHT, clock, meters);
    Ports ports = new Ports(clock, timer, transport);
    Exporter exporter =
        new Exporter(config, ports, new Random(), registry, meters, build, simulated);
    exporter.closeables.push(transport);
    exporter.closeables.push(timer);
    return exporter;
  }

  private static PollLimits pollLimits(Config config) {
    return new PollLimits(config.pollInterval(), config.maxRequestsPerSecondTotal(), MAX_IN_FLIGHT);
  }

  /**
   * Serves, and begins to poll.
   *
   * @throws IOException if it cannot listen on an address; then nothing stays open
   */
  public void serve(WebOptions listening) throws IOException {
    WebServer web =
        new WebServer(
            listening.addresses(),
            listening.telemetryPath(),
            this::scrape,
            store::view,
            () -> listening.shownBehind(config.effective()),
            build,
            simulated,
            meters,
            new WebProtection(
                listening.settings(),
                listening.hosts(),
                listening.files(),
                good -> reloaded("certificates", good),
                System::nanoTime),
            listening.maxRequests(),
            listening.reload());
    try {
      web.start();
    } catch (IOException e) {
      close();
      throw e;
    }
    closeables.push(web);
    bound = web.addresses();
    start();
  }

  /** Where it listens, with the ports really bound. */
  public List<InetSocketAddress> addresses() {
    return bound;
  }

  /** Begins to poll. */
  public void start() {
    scheduler.start();
  }

  /**
   * From now on asks for what this configuration says. Users that stay keep their values, their
   * counters and above all their budgets.
   */
  void reload(Config next) {
    scheduler.reload(
        next.assignedUsers(),
        pollLimits(next),
        () -> store.reload(next.users(), next.staleAfter()));
    config = next;
  }

  /**
   * A part of what is read from files was read again. The metrics say whether all of them could be.
   *
   * @param good false if it was refused: then everything stays as it is
   */
  void reloaded(String part, boolean good) {
    if (good) {
      refusedParts.remove(part);
    } else {
      refusedParts.add(part);
    }
    store.reloaded(refusedParts.isEmpty());
  }

  /** All that is known now. */
  public View view() {
    return store.view();
  }

  /** Renders the metrics that are asked for. */
  public void scrape(ScrapeRequest request, OutputStream out) throws IOException {
    EscapingScheme escaping = escaping(request.escaping());
    switch (request.format()) {
      case TEXT -> exposition.writeText(out, escaping, request.names());
      case OPENMETRICS -> exposition.writeOpenMetrics(out, escaping, request.names());
    }
  }

  private static EscapingScheme escaping(NameEscaping escaping) {
    return switch (escaping) {
      case ALLOW_UTF_8 -> EscapingScheme.ALLOW_UTF8;
      case UNDERSCORES -> EscapingScheme.UNDERSCORE_ESCAPING;
      case DOTS -> EscapingScheme.DOTS_ESCAPING;
      case VALUES -> EscapingScheme.VALUE_ENCODING_ESCAPING;
    };
  }

  /** Stops serving and polling, at once. */
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
