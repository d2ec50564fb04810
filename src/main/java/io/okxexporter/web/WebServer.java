package io.okxexporter.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.okxexporter.model.BuildFacts;
import io.okxexporter.store.View;
import io.okxexporter.web.config.BrokenSettings;
import io.okxexporter.web.config.WebSettings;
import io.okxexporter.web.connector.Alarm;
import io.okxexporter.web.connector.Crowd;
import io.okxexporter.web.connector.LastCatch;
import io.okxexporter.web.connector.ListenPort;
import io.okxexporter.web.security.Authentication;
import io.okxexporter.web.security.Bcrypt;
import io.okxexporter.web.security.TransportSecurity;
import io.okxexporter.web.status.LandingPage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: scrapes, landing page, health and readiness on every listen address. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final int REQUEST_THREADS = 16;
  private static final int THREADS_PER_ADDRESS = 2; // an acceptor and a selector
  private static final int REQUEST_HEADER_BYTES = 8 * 1024;
  private static final Duration PASSWORD_THREAD_KEPT = Duration.ofSeconds(30);
  private static final Duration STOP_TIMEOUT = Duration.ofMillis(500);

  private final List<InetSocketAddress> wanted;
  private final WebGuard guard;
  private final Alarm alarm;
  private final Site site;
  private final WebMeters meters;
  private final QueuedThreadPool threads;
  private final Server server;
  private final ThreadPoolExecutor passwords = passwordThread();
  private final Crowd crowd = new Crowd(Crowd.CONNECTIONS);
  private final List<ListenPort> ports = new CopyOnWriteArrayList<>();
  private final List<InetSocketAddress> bound = new CopyOnWriteArrayList<>();

  /**
   * Opens nothing yet, and reads no settings.
   *
   * @param addresses where to listen; port 0 for any free one
   * @param telemetryPath path of the metrics, begins with a slash; one that is also the path of
   *     another page replaces it
   * @param scrape renders the metrics
   * @param view what is known now; called for each request of the other pages
   * @param config settings in use by name, in order, without secrets; called for each request of
   *     their page
   * @param build what the landing page says about the program
   * @param simulated whether the numbers come from the built-in exchange
   * @param meters where the server's own metrics go
   * @param guard who may ask, and over what
   * @param maxRequests how many scrapes may be in progress at once, 0 for any number
   * @param reload what {@code POST /-/reload} does; null if that is not enabled
   */
  public WebServer(
      List<InetSocketAddress> addresses,
      String telemetryPath,
      Scrape scrape,
      Supplier<View> view,
      Supplier<Map<String, String>> config,
      BuildFacts build,
      boolean simulated,
      MeterRegistry meters,
      WebGuard guard,
      int maxRequests,
      @Nullable Reload reload) {
    wanted = List.copyOf(addresses);
    this.guard = guard;
    alarm = new Alarm("the web server", guard.nanoTime());
    threads = threads(wanted.size(), alarm);
    server = new Server(threads, new ScheduledExecutorScheduler("web-timer", true), null);
    server.setStopTimeout(0); // no grace: a scraper comes again, an operator waits
    LandingPage landing = new LandingPage(build, simulated, telemetryPath);
    Map<String, Page> pages = pages(telemetryPath, scrape, view, landing, reload);
    pages.putIfAbsent("/config", guarded("configuration", new ConfigPage(config)));
    this.meters = new WebMeters(meters, pages.keySet());
    site = new Site(pages, telemetryPath, new InProgress(maxRequests, guard.nanoTime()));
  }

  private Map<String, Page> pages(
      String telemetryPath,
      Scrape scrape,
      Supplier<View> view,
      LandingPage landing,
      @Nullable Reload reload) {
    Map<String, Page> pages = new LinkedHashMap<>();
    pages.put("/", guarded("page", new StatusPage(landing, view)));
    pages.put("/-/healthy", request -> Answer.text(200, "okx-exporter is healthy"));
    pages.put("/-/ready", guarded("readiness", new ReadyPage(view)));
    pages.put("/-/reload", guarded("reload", new ReloadPage(reload)));
    pages.put(telemetryPath, guarded("scrape", new ScrapePage(scrape)));
    return pages;
  }

  private Page guarded(String name, Page page) {
    return new GuardedPage(name, page, guard.nanoTime());
  }

  private static QueuedThreadPool threads(int addresses, Alarm alarm) {
    int own = THREADS_PER_ADDRESS * addresses;
    QueuedThreadPool threads =
        new QueuedThreadPool(REQUEST_THREADS + own, 1 + own) {
          @Override
          protected void onJobFailure(Throwable failure) {
            alarm.failed(failure);
          }
        };
    threads.setName("web");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    threads.setStopTimeout(STOP_TIMEOUT.toMillis());
    return threads;
  }

  /** One thread, and none while there is nothing to check. */
  private static ThreadPoolExecutor passwordThread() {
    return new ThreadPoolExecutor(
        0,
        1,
        PASSWORD_THREAD_KEPT.toSeconds(),
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        task -> {
          Thread thread = new Thread(task, "web-passwords");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Listens and serves.
   *
   * @throws IOException if the settings or the certificates cannot be used, or if it cannot listen
   *     on one of the addresses; the message names which, and then nothing stays open
   */
  public void start() throws IOException {
    try {
      TransportSecurity transport = protect();
      for (InetSocketAddress address : wanted) {
        bound.add(port(transport).listen(address));
      }
      meters.watch(threads, ports);
      server.start();
    } catch (Exception e) {
      ports.forEach(ListenPort::close);
      close();
      throw e instanceof IOException io ? io : new IOException("cannot start the web server", e);
    }
  }

  private TransportSecurity protect() throws IOException {
    try {
      WebSettings first = guard.settings().now();
      TransportSecurity transport = guard.transport(first);
      TokenBucket bucket = new TokenBucket(guard.nanoTime());
      Authentication authentication =
          new Authentication(passwords, guard.nanoTime(), Bcrypt::matches);
      Gate gate =
          new Gate(
              transport,
              guard.hosts(),
              bucket,
              authentication,
              first.headers(),
              new LastCatch(alarm, site));
      server.setErrorHandler(new PlainErrors(gate::headers));
      server.setHandler(new LastCatch(alarm, meters.timed(gate)));
      return transport;
    } catch (BrokenSettings e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private ListenPort port(TransportSecurity transport) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(REQUEST_HEADER_BYTES);
    ListenPort port =
        new ListenPort(
            server,
            transport.protocols(http),
            guard.patience(),
            crowd,
            new Alarm("accepting connections", guard.nanoTime()));
    server.addConnector(port);
    ports.add(port);
    return port;
  }

  /** Where it listens, in the order asked for, with the ports really bound; none before start. */
  public List<InetSocketAddress> addresses() {
    return List.copyOf(bound);
  }

  /** Closes every connection, whatever it is in the middle of, within a second. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("the web server did not stop cleanly: {}", e.toString());
    }
    passwords.shutdownNow();
  }
}
