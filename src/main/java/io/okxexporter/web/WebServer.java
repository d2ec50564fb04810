package io.okxexporter.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.okxexporter.store.View;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: scrapes, landing page, health and readiness on every listen address. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final int REQUEST_THREADS = 16;
  private static final int THREADS_PER_ADDRESS = 2; // an acceptor and a selector
  private static final int REQUEST_HEADER_BYTES = 8 * 1024;
  private static final int BACKLOG = 512;
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STOP_TIMEOUT = Duration.ofMillis(500);

  private final List<InetSocketAddress> wanted;
  private final Server server;
  private final List<ServerConnector> connectors;
  private final List<InetSocketAddress> bound = new CopyOnWriteArrayList<>();

  /** Without a configuration to show. */
  public WebServer(
      List<InetSocketAddress> addresses,
      String telemetryPath,
      Scrape scrape,
      Supplier<View> view,
      BuildFacts build,
      boolean simulated,
      MeterRegistry meters) {
    this(addresses, telemetryPath, scrape, view, Map::of, build, simulated, meters);
  }

  /**
   * Opens nothing yet.
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
   */
  public WebServer(
      List<InetSocketAddress> addresses,
      String telemetryPath,
      Scrape scrape,
      Supplier<View> view,
      Supplier<Map<String, String>> config,
      BuildFacts build,
      boolean simulated,
      MeterRegistry meters) {
    wanted = List.copyOf(addresses);
    QueuedThreadPool threads = threads(wanted.size());
    server = new Server(threads, new ScheduledExecutorScheduler("web-timer", true), null);
    server.setStopTimeout(0); // no grace: a scraper comes again, an operator waits
    server.setErrorHandler(new PlainErrors());
    connectors = wanted.stream().map(address -> connector(server, address)).toList();
    Map<String, Page> pages =
        pages(telemetryPath, scrape, view, new LandingPage(build, simulated, telemetryPath));
    pages.putIfAbsent("/config", new GuardedPage("configuration", new ConfigPage(config)));
    WebMeters webMeters = new WebMeters(meters, pages.keySet());
    webMeters.watch(threads, connectors);
    server.setHandler(webMeters.timed(new Site(pages)));
  }

  private static Map<String, Page> pages(
      String telemetryPath, Scrape scrape, Supplier<View> view, LandingPage landing) {
    Map<String, Page> pages = new LinkedHashMap<>();
    pages.put("/", new GuardedPage("page", request -> landing.answer(view.get())));
    pages.put("/-/healthy", request -> Answer.text(200, "okx-exporter is healthy"));
    pages.put("/-/ready", new GuardedPage("readiness", new ReadyPage(view)));
    pages.put(telemetryPath, new GuardedPage("scrape", new ScrapePage(scrape)));
    return pages;
  }

  private static QueuedThreadPool threads(int addresses) {
    int own = THREADS_PER_ADDRESS * addresses;
    QueuedThreadPool threads = new QueuedThreadPool(REQUEST_THREADS + own, 1 + own);
    threads.setName("web");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    threads.setStopTimeout(STOP_TIMEOUT.toMillis());
    return threads;
  }

  private static ServerConnector connector(Server server, InetSocketAddress address) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(REQUEST_HEADER_BYTES);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.getHostString()); // for Jetty's log alone: listen() binds
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    server.addConnector(connector);
    return connector;
  }

  /**
   * Listens and serves.
   *
   * @throws IOException if it cannot listen on one of the addresses, which the message names; then
   *     nothing stays open
   */
  public void start() throws IOException {
    try {
      for (int i = 0; i < connectors.size(); i++) {
        open(connectors.get(i), wanted.get(i));
      }
      server.start();
    } catch (Exception e) {
      connectors.forEach(ServerConnector::close);
      close();
      throw e instanceof IOException io ? io : new IOException("cannot start the web server", e);
    }
  }

  private void open(ServerConnector connector, InetSocketAddress address) throws IOException {
    connector.open(listen(address));
    bound.add(new InetSocketAddress(address.getAddress(), connector.getLocalPort()));
  }

  private static ServerSocketChannel listen(InetSocketAddress address) throws IOException {
    if (address.isUnresolved()) {
      throw new IOException("cannot listen on " + text(address) + ": unknown host");
    }
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      return channel.bind(address, BACKLOG);
    } catch (IOException e) {
      channel.close();
      throw new IOException("cannot listen on " + text(address) + ": " + e.getMessage(), e);
    }
  }

  private static String text(InetSocketAddress address) {
    String host = address.getHostString();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
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
  }
}
