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
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
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

  /** Rendering takes a processor, so more at once would only take longer. */
  private static final int MAX_RENDERED_AT_ONCE = 4;

  private static final int THREADS_PER_ADDRESS = 2; // an acceptor and a selector
  private static final int REQUEST_HEADER_BYTES = 8 * 1024;
  private static final Duration PASSWORD_THREAD_KEPT = Duration.ofSeconds(30);
  private static final Duration STOP_TIMEOUT = Duration.ofMillis(500);

  private final List<InetSocketAddress> listenAddresses;
  private final WebProtection protection;
  private final FailureLog failureLog;
  private final PageHandler pageHandler;
  private final WebMetrics meters;
  private final QueuedThreadPool threads;
  private final PageQueue queue;
  private final Server server;
  private final ThreadPoolExecutor passwordExecutor = passwordExecutor();
  private final ConnectionLimiter connections =
      new ConnectionLimiter(ConnectionLimiter.MAX_CONNECTIONS);
  private final List<ListenConnector> connectors = new CopyOnWriteArrayList<>();
  private final List<InetSocketAddress> bound = new CopyOnWriteArrayList<>();

  /**
   * Creates a server that is not yet listening and has read no settings.
   *
   * @param addresses listen addresses; port 0 for any free port
   * @param telemetryPath path of the metrics, starts with a slash; not that of another page
   * @param renderer renders the metrics
   * @param view the current state; called for each request to the other pages
   * @param config settings in use by name, in order, without secrets; called for each request to
   *     their page
   * @param restartNotice which credentials need a restart after a change; empty if none
   * @param build version and revision shown on the landing page
   * @param simulated whether the data comes from the built-in exchange
   * @param meters registry for the server's own metrics
   * @param protection access, TLS and timeouts
   * @param maxRequests the most scrapes in progress at once, 0 for no limit
   * @param reload the action of {@code POST /-/reload}; null if not enabled
   */
  public WebServer(
      List<InetSocketAddress> addresses,
      String telemetryPath,
      MetricsRenderer renderer,
      Supplier<View> view,
      Supplier<Map<String, String>> config,
      Supplier<String> restartNotice,
      BuildInfo build,
      boolean simulated,
      MeterRegistry meters,
      WebProtection protection,
      int maxRequests,
      @Nullable ReloadAction reload) {
    listenAddresses = List.copyOf(addresses);
    this.protection = protection;
    failureLog = new FailureLog("server", protection.nanoTime());
    threads = threads(listenAddresses.size(), failureLog);
    queue = new PageQueue(threads, MAX_RENDERED_AT_ONCE);
    server = new Server(threads, new ScheduledExecutorScheduler("web-timer", true), null);
    server.setStopTimeout(0); // no grace period: scrapers retry, operators wait
    LandingPage landingPage = new LandingPage(build, simulated, telemetryPath, restartNotice);
    Map<String, Page> pages = pages(view, landingPage, config, reload);
    if (pages.put(telemetryPath, queued(scrapePage(renderer, maxRequests))) != null) {
      throw new IllegalArgumentException(telemetryPath + " is a page of its own");
    }
    this.meters = new WebMetrics(meters, pages.keySet());
    pageHandler = new PageHandler(pages);
  }

  private Map<String, Page> pages(
      Supplier<View> view,
      LandingPage landingPage,
      Supplier<Map<String, String>> config,
      @Nullable ReloadAction reload) {
    Map<String, Page> pages = new LinkedHashMap<>();
    pages.put("/", queued(guarded("page", new RootPage(landingPage, view))));
    pages.put("/-/healthy", WebServer::healthy);
    pages.put("/-/ready", guarded("readiness", new ReadyPage(view)));
    pages.put("/-/reload", new ReloadPage(reload));
    pages.put("/config", queued(guarded("configuration", new ConfigPage(config))));
    return pages;
  }

  private Page guarded(String name, PageContent content) {
    return new GuardedPage(name, content, protection.nanoTime());
  }

  private Page scrapePage(MetricsRenderer renderer, int maxRequests) {
    return new LimitedPage(
        guarded("scrape", new ScrapePage(renderer)),
        new ScrapesInProgress(maxRequests, protection.nanoTime()));
  }

  private Page queued(Page page) {
    return (request, done) -> queue.render(() -> page.answer(request, done));
  }

  private static void healthy(Request request, Consumer<PageResponse> done) {
    done.accept(PageResponse.text(200, "okx-exporter is healthy"));
  }

  private static QueuedThreadPool threads(int addresses, FailureLog failureLog) {
    int connectorThreads = THREADS_PER_ADDRESS * addresses;
    QueuedThreadPool threads =
        new QueuedThreadPool(REQUEST_THREADS + connectorThreads, 1 + connectorThreads) {
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

  /** Creates a pool of one thread, which ends when there is nothing to check. */
  private static ThreadPoolExecutor passwordExecutor() {
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
   * @throws IOException if the settings or certificates cannot be used, or an address cannot be
   *     bound; the message names it, and nothing stays open
   */
  public void start() throws IOException {
    try {
      TlsMode tlsMode = protect();
      for (InetSocketAddress address : listenAddresses) {
        bound.add(connector(tlsMode).listen(address));
      }
      meters.watch(threads, connectors);
      server.start();
    } catch (Exception e) {
      connectors.forEach(ListenConnector::close);
      close();
      throw e instanceof IOException io
          ? io
          : new IOException("cannot start the web server: " + e, e);
    }
  }

  private TlsMode protect() throws IOException {
    try {
      WebSettings initial = protection.settings().now();
      TlsMode tlsMode = protection.tlsMode(initial);
      TokenBucket bucket = new TokenBucket(protection.nanoTime());
      PasswordVerifier verifier =
          new PasswordVerifier(passwordExecutor, protection.nanoTime(), Bcrypt::matches);
      WebConfigHandler handler =
          new WebConfigHandler(
              tlsMode,
              protection.hosts(),
              bucket,
              verifier,
              initial.headers(),
              new UncaughtErrorHandler(failureLog, pageHandler));
      server.setErrorHandler(new PlainErrorHandler(handler::headers));
      server.setHandler(new UncaughtErrorHandler(failureLog, meters.timed(handler)));
      return tlsMode;
    } catch (InvalidWebConfigException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private ListenConnector connector(TlsMode tlsMode) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(REQUEST_HEADER_BYTES);
    ListenConnector connector =
        new ListenConnector(
            server,
            tlsMode.protocols(http),
            protection.requestTimeout(),
            connections,
            new FailureLog("acceptor", protection.nanoTime()));
    server.addConnector(connector);
    connectors.add(connector);
    return connector;
  }

  /** Returns the listen addresses in order, with their actual ports; none before start. */
  public List<InetSocketAddress> addresses() {
    return List.copyOf(bound);
  }

  /** Closes every connection within a second, even during a request. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.atWarn().addKeyValue("err", e.toString()).log("error while stopping the web server");
    }
    passwordExecutor.shutdownNow();
  }
}
