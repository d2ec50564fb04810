package io.okxexporter.simulator;

import io.okxexporter.config.ListenAddress;
import io.okxexporter.model.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** A host of the simulated exchange over HTTP/1.1, on loopback only. */
public final class SimulatedServer implements AutoCloseable {
  private static final int ACCEPT_QUEUE = 1_024;

  private final InetAddress address;
  private final Server server;
  private final ServerConnector connector;

  /**
   * A host of the global region.
   *
   * @param exchange responds to the requests
   * @param clock timestamps each request on arrival
   * @param address where to listen; port 0 for any free one
   * @throws IllegalArgumentException if the address can be reached from other machines
   */
  SimulatedServer(SimulatedExchange exchange, Clock clock, InetSocketAddress address) {
    this(new ExchangeHandler(exchange, SimulatedRegion.GLOBAL, clock), address);
  }

  SimulatedServer(Handler handler, InetSocketAddress address) {
    this.address = requireLoopback(address);
    this.server =
        new Server(threads(), new ScheduledExecutorScheduler("simulated-okx-timer", true), null);
    this.connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(quiet()));
    connector.setHost(this.address.getHostAddress());
    connector.setPort(address.getPort());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    // Only clients close connections: one with rare requests keeps its own.
    connector.setIdleTimeout(0);
    server.addConnector(connector);
    server.setHandler(handler);
    server.setStopTimeout(0);
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if it cannot listen, such as at a taken address; the message names the
   *     cause
   */
  public void start() throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      InetSocketAddress listen = new InetSocketAddress(address, connector.getPort());
      throw new IOException(
          "the simulated exchange " + ListenAddress.failure(listen, e, "--simulate.listen-address"),
          e);
    }
  }

  /** Scheme, host and port; once started. */
  public URI baseUrl() {
    try {
      return new URI(
          "http", null, address.getHostAddress(), connector.getLocalPort(), null, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("an address and a port make a URL", e);
    }
  }

  /** Stops at once, whatever is in flight. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("simulated exchange does not stop", e);
    }
  }

  private static InetAddress requireLoopback(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    if (host == null || !host.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "simulated exchange listens on loopback only, not on " + address);
    }
    return host;
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(6, 2);
    threads.setName("simulated-okx");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    return threads;
  }

  private static HttpConfiguration quiet() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(false);
    return configuration;
  }
}
