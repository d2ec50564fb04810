package io.okxexporter.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.store.View;
import io.okxexporter.web.config.InvalidWebConfigException;
import io.okxexporter.web.config.WebSettings;
import io.okxexporter.web.connector.ConnectionLimiter;
import io.okxexporter.web.connector.FailureLog;
import io.okxexporter.web.connector.ListenConnector;
import io.okxexporter.web.connector.UncaughtErrorHandler;
import io.okxexporter.web.security.Bcrypt;
import io.okxexporter.web.security.PasswordVerifier;
import io.okxexporter.web.security.TlsMode;
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
  private final WebProtection protection;
  private final FailureLog failureLog;
  private final PageHandler site;
  private final WebMeters meters;
  private final QueuedThreadPool threads;
  private final Server server;
  private final ThreadPoolExecutor passwords = passwordThread();
  private final ConnectionLimiter connections =
      new ConnectionLimiter(ConnectionLimiter.CONNECTIONS);
  private final List<ListenConnector> ports = new CopyOnWriteArrayList<>();
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
   * @param protection who may ask, and over what
   * @param maxRequests how many scrapes may be in progress at once, 0 for any number
   * @param reload what {@code POST /-/reload} does; null if that is not enabled
   */
  public WebServer(
      List<InetSocketAddress> addresses,
      String telemetryPath,
      MetricsRenderer scrape,
      Supplier<View> view,
      Supplier<Map<String, String>> config,
      BuildInfo build,
      boolean simulated,
      MeterRegistry meters,
      WebProtection protection,
      int maxRequests,
      @Nullable ReloadAction reload) {
    wanted = List.copyOf(addresses);
    this.protection = protection;
    failureLog = new FailureLog("the web server", protection.nanoTime());
    threads = threads(wanted.size(), failureLog);
    server = new Server(threads, new ScheduledExecutorScheduler("web-timer", true), null);
    server.setStopTimeout(0); // no grace: a scraper comes again, an operator waits
    LandingPage landing = new LandingPage(build, simulated, telemetryPath);
    Map<String, Page> pages = pages(telemetryPath, scrape, view, landing, reload);
    pages.putIfAbsent("/config", guarded("configuration", new ConfigPage(config)));
    this.meters = new WebMeters(meters, pages.keySet());
    site =
        new PageHandler(
            pages, telemetryPath, new ScrapesInProgress(maxRequests, protection.nanoTime()));
  }

  private Map<String, Page> pages(
      String telemetryPath,
      MetricsRenderer scrape,
      Supplier<View> view,
      LandingPage landing,
      @Nullable ReloadAction reload) {
    Map<String, Page> pages = new LinkedHashMap<>();
    pages.put("/", guarded("page", new StatusPage(landing, view)));
    pages.put("/-/healthy", request -> PageResponse.text(200, "okx-exporter is healthy"));
    pages.put("/-/ready", guarded("readiness", new ReadyPage(view)));
    pages.put("/-/reload", guarded("reload", new ReloadPage(reload)));
    pages.put(telemetryPath, guarded("scrape", new ScrapePage(scrape)));
    return pages;
  }

  private Page guarded(String name, Page page) {
    return new GuardedPage(name, page, protection.nanoTime());
  }

  private static QueuedThreadPool threads(int addresses, FailureLog failureLog) {
    int own = THREADS_PER_ADDRESS * addresses;
    QueuedThreadPool threads =
        new QueuedThreadPool(REQUEST_THREADS + own, 1 + own) {
          @Override
          protected void onJobFailure(Throwable failure) {
            failureLog.failed(failure);
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
      TlsMode transport = protect();
      for (InetSocketAddress address : wanted) {
        bound.add(port(transport).listen(address));
      }
      meters.watch(threads, ports);
      server.start();
    } catch (Exception e) {
      ports.forEach(ListenConnector::close);
      close();
      throw e instanceof IOException io ? io : new IOException("cannot start the web server", e);
    }
  }

  private TlsMode protect() throws IOException {
    try {
      WebSettings first = protection.settings().now();
      TlsMode transport = protection.transport(first);
      TokenBucket bucket = new TokenBucket(protection.nanoTime());
      PasswordVerifier authentication =
          new PasswordVerifier(passwords, protection.nanoTime(), Bcrypt::matches);
      WebConfigHandler handler =
          new WebConfigHandler(
              transport,
              protection.hosts(),
              bucket,
              authentication,
              first.headers(),
              new UncaughtErrorHandler(failureLog, site));
      server.setErrorHandler(new PlainErrorHandler(handler::headers));
      server.setHandler(new UncaughtErrorHandler(failureLog, meters.timed(handler)));
      return transport;
    } catch (InvalidWebConfigException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private ListenConnector port(TlsMode transport) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(REQUEST_HEADER_BYTES);
    ListenConnector port =
        new ListenConnector(
            server,
            transport.protocols(http),
            protection.requestTimeout(),
            connections,
            new FailureLog("accepting connections", protection.nanoTime()));
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
      LOG.atWarn().addKeyValue("err", e.toString()).log("error while stopping the web server");
    }
    passwords.shutdownNow();
  }
}
